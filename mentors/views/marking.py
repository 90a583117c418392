"""Marking by question: staff give a question out, a marker reads one answer after another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import evaluators_of_some_cohort, staff_of_some_cohort
from mats_portal.cohorts.selectors import members_of
from mats_portal.cohorts.states import CohortRole
from mats_portal.rubrics.selectors import criteria_of, current_version
from mats_portal.rubrics.states import RubricPurpose
from mats_portal.web.access import ACT, FORM, access
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from mentors.forms import ConflictForm
from mentors.marking_forms import MarkForm, QuestionForm
from mentors.models import Mark, Marking
from mentors.selectors.marking import (
    MarkQueue,
    mark_queue,
    markable_questions,
    markings_of,
    marks_in_order,
    own_markings,
    text_of,
)
from mentors.services import declare_conflict
from mentors.services.marking import add_new_answers, assign_question, give_mark, take_back_marking
from mentors.states import ConflictKind
from mentors.views.door import evaluated_cohort, run_cohort


@access(staff_of_some_cohort, methods=FORM)
def markings(request: HttpRequest, slug: str) -> HttpResponse:
    """What is given out by question and how far each is; a form gives out one more."""
    cohort = run_cohort(request, slug)
    version = current_version(cohort, RubricPurpose.APPLICATION)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        questions=markable_questions(cohort),
        criteria=criteria_of(version) if version else [],
        people=list(members_of(cohort, CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = assign_question(cohort=cohort, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{counted(len(made), 'person has', 'people have')} the question in their queue.")
            return redirect("mentors:markings", slug)
    return render(request, "mentors/marking_list.html", {"cohort": cohort, "form": form, "rows": markings_of(cohort)})


@access(staff_of_some_cohort, methods=ACT)
def new_answers(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Put answers that came since into a marker's queue."""
    count = add_new_answers(marking=_run(request, slug, code))
    messages.success(request, f"{counted(count, 'answer', 'answers')} added." if count else "Nothing new has come.")
    return redirect("mentors:markings", slug)


@access(staff_of_some_cohort, methods=ACT)
def take_back_question(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take a question back from its marker."""
    marking = _run(request, slug, code)
    take_back_marking(marking=marking, by=request.user)
    messages.success(request, f"{marking.marker} no longer marks it. The marks they gave count.")
    return redirect("mentors:markings", slug)


def _run(request: HttpRequest, slug: str, code: str) -> Marking:
    found: Marking = get_object_or_404(markings_of(run_cohort(request, slug)), code=code)
    return found


@access(evaluators_of_some_cohort, methods=FORM)
def mark(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One answer, without its writer's name, beside the criterion's scale; saving goes on to the next."""
    marking = _own(request, slug, code)
    queue = mark_queue(marking, request.GET.get("at", ""))
    if request.method == "POST":
        form = MarkForm(request.POST, criterion=marking.criterion)
        if form.is_valid() and _marked(request, marking, form):
            return redirect("mentors:mark", slug, code)
        queue = mark_queue(marking, str(form["application"].value() or ""))
        return _show(request, marking, queue, form)
    return _show(request, marking, queue, None)


def _own(request: HttpRequest, slug: str, code: str) -> Marking:
    cohort: Cohort = evaluated_cohort(request, slug)
    return get_object_or_404(own_markings(request.user), cohort=cohort, code=code)


def _marked(request: HttpRequest, marking: Marking, form: MarkForm) -> bool:
    mark = marks_in_order(marking).filter(application__code=form.cleaned_data["application"]).first()
    if mark is None:
        form.add_error(None, "This answer is not yours to mark any more. Your queue shows what is left.")
        return False
    try:
        give_mark(marking=marking, application=mark.application, value=form.cleaned_data["value"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _show(request: HttpRequest, marking: Marking, queue: MarkQueue, form: MarkForm | None) -> HttpResponse:
    context: dict[str, Any] = {"marking": marking, "queue": queue}
    if queue.mark is not None:
        shown = {"application": queue.mark.application.code, "value": queue.mark.value}
        context["form"] = form or MarkForm(initial=shown, criterion=marking.criterion)
        context["text"] = text_of(queue.mark)
    if queue.previous:
        context["previous_url"] = f"{marking.get_absolute_url()}?at={queue.previous}"
    return render(request, "mentors/marking_queue.html", context)


@access(evaluators_of_some_cohort, methods=FORM)
def tie(request: HttpRequest, slug: str, code: str, application: str) -> HttpResponse:
    """The marker recognises the writer: the answer, and the whole application, vanish for them."""
    marking = _own(request, slug, code)
    found: Mark = get_object_or_404(marks_in_order(marking), application__code=application)
    form = ConflictForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        kind = ConflictKind(form.cleaned_data["kind"])
        declare_conflict(application=found.application, person=request.user, kind=kind, by=request.user)
        messages.success(request, "Noted. You will not see this answer again; staff can undo a wrong click.")
        return redirect("mentors:mark", slug, code)
    return render(request, "mentors/marking_tie.html", {"marking": marking, "form": form})
