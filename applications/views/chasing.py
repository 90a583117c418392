"""References that are not here yet: who is missing, one letter to all of them, another referee."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import RefereeForm
from applications.letters import REFERENCE_REMINDER, reference_facts
from applications.models import Reference
from applications.policies import can_list_applications
from applications.selectors import applications_visible_to
from applications.selectors.waiting import waiting_references, waiting_to_be_reminded
from applications.services import remind_referees, replace_referee, resend_reference
from applications.states import ReferenceKind
from applications.views.common import visible_cohort
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.outbox.rendering import render_letter
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from mats_portal.web.text import counted

THEIR_LINK = "(the referee's own link)"


def _run(request: HttpRequest, slug: str) -> Cohort:
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    return cohort


@access(staff_of_some_cohort, methods=FORM)
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has not written yet, and the letter that reminds them; POST sends it to those who were shown."""
    cohort = _run(request, slug)
    if request.method == "POST":
        sent = remind_referees(cohort=cohort, codes=request.POST.getlist("code"), by=request.user)
        if sent:
            messages.success(request, f"{counted(sent, 'letter is', 'letters are')} on the way.")
        else:
            messages.warning(request, "No letter was needed: everybody has answered, or was written to within a day.")
        return redirect("applications:waiting", slug)
    due = list(waiting_to_be_reminded(cohort, request.user).order_by("sent_at", "pk"))
    context = {
        "cohort": cohort,
        "count": waiting_references(cohort, request.user).count(),
        "page": keyset(waiting_references(cohort, request.user), request, key=("asked_at", "id")),
        "due": due,
        "letter": _preview(due[0]) if due else None,
    }
    return render(request, "applications/reference_waiting.html", context)


def _preview(reference: Any) -> dict[str, str]:
    """The reminder as the first of them gets it, without the link, which is a secret."""
    facts = reference_facts(reference, reference.due_at) | {"url": THEIR_LINK}
    subject, text = render_letter(REFERENCE_REMINDER, facts, reference.name)
    return {"to": reference.name, "subject": subject, "text": text}


def _reference(request: HttpRequest, slug: str, code: str) -> Reference:
    """A reference that has not been taken back, of an application that the reader may see."""
    visible = applications_visible_to(request.user).in_cohort(_run(request, slug))
    found = Reference.objects.standing().filter(application__in=visible.values("pk"))
    return get_object_or_404(found.select_related("application__cohort", "application__person"), code=code)


@access(staff_of_some_cohort, methods=ACT)
def resend(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Mail one referee their link once more."""
    reference = _reference(request, slug, code)
    try:
        resend_reference(reference=reference, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"The letter to {reference.name} goes out again.")
    return redirect(reference.application.get_absolute_url())


@access(staff_of_some_cohort, methods=FORM)
def replace(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Put right whom the applicant named: another address, or somebody else."""
    reference = _reference(request, slug, code)
    named = {"name": reference.name, "email": reference.email, "kind": reference.kind}
    form = RefereeForm(request.POST or None, initial=named)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            typed = form.cleaned_data
            kind = ReferenceKind(typed["kind"])
            try:
                replace_referee(
                    reference=reference, name=typed["name"], email=typed["email"], kind=kind, by=request.user
                )
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, f"A letter with a new link is on its way to {typed['name']}.")
                return redirect(reference.application.get_absolute_url())
    context = {"reference": reference, "form": form}
    return render(request, "applications/reference_replace.html", context, status=status)
