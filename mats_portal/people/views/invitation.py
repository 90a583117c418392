"""An invitation: looked at by whoever has the link, accepted by the owner of its address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from mats_portal.people import invitations as service
from mats_portal.people.models import Invitation
from mats_portal.web.access import ACT, access, everyone, reader, signed_in
from mats_portal.web.errors import Refusal


@access(everyone)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and the way to accept it: a button, or signing up and coming back."""
    found = _found(token)
    here = reverse("people:invitation", args=[token])
    is_owner = request.user.is_authenticated and service.owns_address(request.user, found.email)
    is_open = service.still_open(found)
    context = {
        "invitation": found,
        "offer": service.kind_of(found).offer(found) if is_open else "",
        "is_open": is_open,
        "is_owner": is_owner,
        "token": token,
        "sign_up_url": f"{reverse('account_signup')}?{urlencode({'next': here, 'email': found.email})}",
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }
    # The site's policy, same-origin, keeps the token from other sites. A stricter one would make
    # browsers send `Origin: null` with the form, which the defence against forged requests refuses.
    return render(request, "people/invitation.html", context)


@access(signed_in, methods=ACT)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, and go on to what was offered."""
    _found(token)
    try:
        url = service.accept_invitation(token=token, by=reader(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("people:invitation", token)
    messages.success(request, "Welcome. You have accepted the invitation.")
    return redirect(url)


def _found(token: str) -> Invitation:
    found = service.find_invitation(token)
    if found is None:
        raise Http404
    return found
