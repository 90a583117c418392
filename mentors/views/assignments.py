"""Who reads what: the preview, the loads, single assignments, declared ties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from mats_portal.web.access import ACT, FORM, access
from mats_portal.web.errors import Refusal
from mentors.errors import PlanChanged
from mentors.forms import AssignForm, PlanForm
from mentors.models import Assignment, AssignmentQuerySet, Conflict
from mentors.selectors import assignment_plan, assignments_of_reviewers, conflicted_applications
from mentors.selectors.progress import assignment_batches
from mentors.services import apply_assignment_plan, assign_reviewer, take_back_assignment
from mentors.services import lift_conflict as lift
from mentors.views.door import run_cohort


def _evaluators(cohort: Cohort) -> list[Person]:
    roles = Membership.objects.open().in_cohort(cohort).in_role(CohortRole.REVIEWER, CohortRole.MENTOR)
    return list(Person.objects.filter(pk__in=roles.values("person")).order_by("name", "pk"))


@access(staff_of_some_cohort, methods=FORM)
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody's load; a GET with numbers previews a new assignment, a POST applies what was previewed."""
    cohort = run_cohort(request, slug)
    plan_form = PlanForm(request.POST or request.GET or {"readers": 3}, label_suffix="")
    if request.method == "POST" and plan_form.is_valid():
        try:
            count = apply_assignment_plan(
                cohort=cohort, digest=request.POST.get("digest", ""), by=request.user, **plan_form.cleaned_data
            )
        except PlanChanged as changed:
            messages.warning(request, changed.sentence)
            return _assignments(request, cohort, plan_form)
        messages.success(request, f"{count} reviews assigned." if count != 1 else "One review assigned.")
        return redirect("mentors:assignments", slug)
    return _assignments(request, cohort, plan_form)


def _assignments(request: HttpRequest, cohort: Cohort, plan_form: PlanForm) -> HttpResponse:
    asked = "readers" in request.GET or request.method == "POST"
    plan = assignment_plan(cohort, **plan_form.cleaned_data) if asked and plan_form.is_valid() else None
    due = milestone(cohort, MilestoneKind.REVIEWS_DUE)
    hidden = conflicted_applications(request.user)
    ties = Conflict.objects.filter(application__cohort=cohort).exclude(application__in=hidden)
    facts = {
        "cohort": cohort,
        "plan_form": plan_form,
        "plan": plan,
        "assign_form": AssignForm(people=_evaluators(cohort)),
        "people": list(assignments_of_reviewers(cohort)),
        "due": due,
        "now": timezone.now(),
        "batches": list(assignment_batches(cohort)[:5]),
        "conflicts": ties.select_related("person", "application__person")[:200],
    }
    return render(request, "mentors/assignment_list.html", facts)


@access(staff_of_some_cohort, methods=FORM)
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one application to one person."""
    cohort = run_cohort(request, slug)
    people = _evaluators(cohort)
    initial = {"application": request.GET.get("application", "")}
    form = AssignForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = Application.objects.in_cohort(cohort).exclude(pk__in=conflicted_applications(request.user))
        application = found.filter(code=form.cleaned_data["application"].lower()).first()
        if application is None:
            form.add_error("application", "There is no application of that code in this cohort.")
        elif _assigned(request, form, application, people):
            return redirect("mentors:assignments", slug)
    return render(request, "mentors/assignment_form.html", {"cohort": cohort, "form": form})


def _assigned(request: HttpRequest, form: AssignForm, application: Application, people: list[Person]) -> bool:
    chosen = next(person for person in people if person.code == form.cleaned_data["reviewer"])
    try:
        assign_reviewer(application=application, reviewer=chosen, by=request.user)
    except Refusal as refusal:
        form.add_error("reviewer", refusal.sentence)
        return False
    messages.success(request, f"{chosen} reviews the application of {application.person}.")
    return True


@access(staff_of_some_cohort)
def reviewer(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What one person was asked to review, and how far each is."""
    cohort = run_cohort(request, slug)
    person = get_object_or_404(assignments_of_reviewers(cohort), code=code)
    rows = (
        _visible(request.user, cohort)
        .of(person)
        .select_related("application__person", "application__cohort", "assessment__sheet", "stream")
    )
    return render(request, "mentors/assignment_detail.html", {"cohort": cohort, "person": person, "rows": rows})


def _visible(person: Any, cohort: Cohort) -> AssignmentQuerySet:
    standing = Assignment.objects.standing().in_cohort(cohort)
    return standing.exclude(application__in=conflicted_applications(person))


@access(staff_of_some_cohort, methods=ACT)
def take_back(request: HttpRequest, slug: str, code: str, application: str) -> HttpResponse:
    """Take one unfinished review back."""
    cohort = run_cohort(request, slug)
    found = _visible(request.user, cohort).select_related("application__person", "reviewer")
    assignment = get_object_or_404(found, reviewer__code=code, application__code=application)
    try:
        take_back_assignment(assignment=assignment, by=request.user)
        messages.success(request, f"{assignment.reviewer} no longer reviews {assignment.application.person}.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    if not _visible(request.user, cohort).filter(reviewer=assignment.reviewer).exists():
        return redirect("mentors:assignments", slug)
    return redirect("mentors:reviewer", slug, code)


@access(staff_of_some_cohort, methods=ACT)
def lift_conflict(request: HttpRequest, slug: str, code: str, application: str) -> HttpResponse:
    """Undo a declared tie."""
    cohort = run_cohort(request, slug)
    ties = Conflict.objects.filter(application__cohort=cohort).exclude(person_id=request.user.pk or 0)
    ties = ties.exclude(application__in=conflicted_applications(request.user)).select_related("person", "application")
    conflict = get_object_or_404(ties, person__code=code, application__code=application)
    lift(conflict=conflict, by=request.user)
    messages.success(request, f"{conflict.person} sees the application again. Assign it if they shall review it.")
    return redirect(reverse("mentors:assignments", args=[slug]) + "#ties")
