"""The applicant's page of references: whom they named, and what became of it. Never a letter."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import RefereeForm
from applications.models import Reference
from applications.selectors import references_of
from applications.services import ask_reference, send_reference_again, take_back_reference
from applications.states import ReferenceKind
from applications.views.common import own_application
from mats_portal.web.access import ACT, FORM, access, signed_in
from mats_portal.web.errors import Refusal


@access(signed_in, methods=FORM)
def references(request: HttpRequest, slug: str) -> HttpResponse:
    """Up to two referees; POST asks one more."""
    application = own_application(request, slug)
    form = RefereeForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            typed = form.cleaned_data
            kind = ReferenceKind(typed["kind"])
            try:
                asked = ask_reference(
                    application=application, name=typed["name"], email=typed["email"], kind=kind, by=request.user
                )
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, f"A letter with a link is on its way to {asked.name}.")
                return redirect("applications:references", slug)
    context = {"application": application, "references": references_of(application), "form": form}
    return render(request, "applications/reference_list.html", context, status=status)


def _own_reference(request: HttpRequest, slug: str, code: str) -> Reference:
    own = Reference.objects.standing().filter(application=own_application(request, slug))
    return get_object_or_404(own.select_related("application__cohort", "application__person"), code=code)


@access(signed_in, methods=ACT)
def again(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Have the link mailed once more."""
    reference = _own_reference(request, slug, code)
    try:
        send_reference_again(reference=reference, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"The letter to {reference.name} goes out again.")
    return redirect("applications:references", slug)


@access(signed_in, methods=ACT)
def take_back(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take the request back, to ask nobody or somebody else."""
    reference = _own_reference(request, slug, code)
    try:
        take_back_reference(reference=reference, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{reference.name} is not asked any more, and the link is closed.")
    return redirect("applications:references", slug)
