"""Who belongs to a cohort, invitations to it, and the end of a membership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts import services
from mats_portal.cohorts.forms import EndForm, InviteForm
from mats_portal.cohorts.policies import can_set_up_cohort, staff_or_administrators
from mats_portal.cohorts.selectors import invitations_to, memberships_of
from mats_portal.cohorts.states import INVITED_ROLES
from mats_portal.cohorts.views import cohort_for
from mats_portal.web.access import ACT, FORM, access, reader
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


@access(staff_or_administrators)
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs or belonged to the cohort, by role; open invitations above."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    page = keyset(memberships_of(cohort), request, key=("role", "person__name", "id"), size=100)
    context = {"cohort": cohort, "page": page, "invitations": invitations_to(cohort), "ending_roles": INVITED_ROLES}
    return render(request, "cohorts/members.html", context)


@access(staff_or_administrators, methods=FORM)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by letter."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    form = InviteForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_member(cohort=cohort, by=reader(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"A letter is on its way to {invitation.email}.")
            return redirect("cohorts:members", slug)
    return render(request, "cohorts/invite.html", {"cohort": cohort, "form": form})


@access(staff_or_administrators, methods=ACT)
def end(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """End one membership of a person."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please say which role ends.")
        return redirect("cohorts:members", slug)
    rows = memberships_of(cohort).open().filter(person__code=code, role=form.cleaned_data["role"])
    stream = form.cleaned_data["stream"]
    membership = get_object_or_404(rows, **({"stream__code": stream} if stream else {"stream": None}))
    try:
        services.close_membership(membership=membership, by=reader(request), reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        role = membership.get_role_display().lower()
        messages.success(request, f"{membership.person} is not {role} any more. Invite them again if that was a slip.")
    return redirect("cohorts:members", slug)
