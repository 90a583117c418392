"""A referee's pages: reached by a link from a letter, without an account, for one reference.

The link's token goes from the address into the session at once, so that it is in no
history, no log of a later page and no referrer. Only that first answer says
`no-referrer`: a page with a form must not, because browsers then send `Origin: null`
with it, which the defence against forged requests refuses.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.forms import LetterForm
from applications.models import Reference
from applications.selectors.references import reference_of_token, references_reachable_by
from applications.services import answer_reference, decline_reference
from applications.states import ApplicationState, ReferenceState
from mats_portal.web.access import FORM, access, everyone
from mats_portal.web.errors import Refusal

OPENED = "references"
MOST_OPENED = 20


@access(everyone)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember in the session which reference the link opens, and go on to its page; nothing else changes."""
    reference = reference_of_token(token)
    if reference is None:
        raise Http404
    others = [one for one in request.session.get(OPENED, []) if one != reference.token_hash]
    request.session[OPENED] = [*others, reference.token_hash][-MOST_OPENED:]
    response = redirect("applications:reference", reference.code)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _opened(request: HttpRequest, code: str) -> Reference:
    """The reference, if this browser came by its link; 404 for others, and for the applicant."""
    opened = references_reachable_by(request.session.get(OPENED, [])).annotate(now=Now())
    found = opened.filter(code=code).first()
    if found is None or found.application.person_id == request.user.pk:
        raise Http404
    return found


def _closed_as(reference: Reference) -> str:
    """Why there is nothing to write any more: a word for the template, or nothing."""
    if reference.state != ReferenceState.ASKED:
        return reference.state
    if reference.application.state == ApplicationState.WITHDRAWN:
        return str(ReferenceState.TAKEN_BACK)
    due_at, now = reference.due_at, reference.now  # type: ignore[attr-defined]
    return "" if due_at and due_at > now else "expired"


def _over(request: HttpRequest, closed_as: str) -> HttpResponse:
    """A page that says no more than that it is over."""
    is_thanks = closed_as in (ReferenceState.ANSWERED, ReferenceState.DECLINED)
    status = HTTPStatus.OK if is_thanks else HTTPStatus.GONE
    return render(request, "applications/reference_over.html", {"closed_as": closed_as}, status=status)


@access(everyone, methods=FORM)
def reference(request: HttpRequest, code: str) -> HttpResponse:
    """Write the letter; afterwards nothing but thanks. What was typed stays when it cannot be taken."""
    found = _opened(request, code)
    closed_as = _closed_as(found)
    form = LetterForm(request.POST or None)
    refusal, status = None, HTTPStatus.OK
    if request.method != "POST" and closed_as:
        return _over(request, closed_as)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            typed = form.cleaned_data
            try:
                answer_reference(reference=found, relationship=typed["relationship"], text=typed["text"])
            except Refusal as caught:
                refusal, status = caught, HTTPStatus.CONFLICT
            else:
                return redirect("applications:reference", code)
    context = {"reference": found, "form": form, "refusal": refusal}
    return render(request, "applications/reference_form.html", context, status=status)


@access(everyone, methods=FORM)
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Ask first, then decline."""
    found = _opened(request, code)
    if request.method == "POST":
        with suppress(Refusal):  # the page says what became of it
            decline_reference(reference=found)
        return redirect("applications:reference", code)
    if closed_as := _closed_as(found):
        return _over(request, closed_as)
    return render(request, "applications/reference_confirm_decline.html", {"reference": found})
