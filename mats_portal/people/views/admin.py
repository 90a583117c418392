"""People, their roles in the whole portal, and invitations: for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.people import invitations as invitation_services
from mats_portal.people import selectors, services
from mats_portal.people.forms import PeopleFilter, RoleForm
from mats_portal.people.models import Person
from mats_portal.people.policies import administrators
from mats_portal.web.access import ACT, access, reader
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


@access(administrators)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a login, found by name or address."""
    form = PeopleFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = keyset(selectors.people_found(words), request, key=("name", "id"))
    return render(request, "people/people.html", {"form": form, "page": page, "words": words})


@access(administrators)
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person: the account, and the roles that hold everywhere."""
    found = get_object_or_404(selectors.people_found(), code=code)
    context = {"person": found, "form": RoleForm(), "roles": found.global_roles.order_by("-since")}
    return render(request, "people/person.html", context)


@access(administrators, methods=ACT)
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """Open a role."""
    return _change_role(request, code, services.grant_global_role, "now holds the role")


@access(administrators, methods=ACT)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """End a role."""
    return _change_role(request, code, services.close_global_role, "does not hold the role any more")


def _change_role(request: HttpRequest, code: str, change: services.RoleChange, words: str) -> HttpResponse:
    found = get_object_or_404(Person, code=code)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please choose a role.")
        return redirect("people:person", code)
    role = form.cleaned_data["role"]
    try:
        change(person=found, role=role, by=reader(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{found} {words}: {role.label}.")
    return redirect("people:person", code)


@access(administrators)
def invitations(request: HttpRequest) -> HttpResponse:
    """Everything that was offered, to whom, and what became of it."""
    page = keyset(selectors.invitations_sent(), request, key=("-invited_at", "-id"))
    return render(request, "people/invitations.html", {"page": page})


@access(administrators, methods=ACT)
def withdraw_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Make an open invitation useless."""
    found = get_object_or_404(selectors.invitations_sent(), code=code)
    try:
        invitation_services.withdraw_invitation(invitation=found, by=reader(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"The invitation to {found.email} is withdrawn.")
    return redirect("people:invitations")
