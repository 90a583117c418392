"""Undo what was assigned at once; ask the reviewers who are behind once more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.outbox.rendering import render_letter
from mats_portal.web.access import FORM, access
from mats_portal.web.codes import new_code
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from mentors.forms import NudgeForm
from mentors.letters import NUDGE
from mentors.selectors.progress import assignment_batches, begun_in_batch, reviewers_behind
from mentors.services import nudge_reviewers, undo_assignment_batch
from mentors.services.nudging import nudge_facts
from mentors.views.door import run_cohort


@access(staff_of_some_cohort, methods=FORM)
def undo_assignment(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What undoing a batch would take back and what stays; then do it."""
    cohort = run_cohort(request, slug)
    batch = get_object_or_404(assignment_batches(cohort), code=code)
    if request.method == "POST":
        try:
            taken, kept = undo_assignment_batch(batch=batch, by=request.user)
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
        else:
            stay = f" {counted(kept, 'review stays', 'reviews stay')}: begun already." if kept else ""
            messages.success(request, f"{counted(taken, 'review', 'reviews')} taken back.{stay}")
        return redirect("mentors:assignments", slug)
    context = {"cohort": cohort, "batch": batch, "begun": begun_in_batch(batch)}
    return render(request, "mentors/assignment_confirm_undo.html", context)


@access(staff_of_some_cohort, methods=FORM)
def nudge(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is behind, with the letter they would get; then send it to those who still are."""
    cohort = run_cohort(request, slug)
    behind = reviewers_behind(cohort)
    chosen = [one.person.code for one in behind if one.asked_at is None]
    form = NudgeForm(
        request.POST if request.method == "POST" else None,
        behind=behind,
        initial={"people": chosen, "form_key": new_code()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = nudge_reviewers(cohort=cohort, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{counted(sent, 'letter is', 'letters are')} on the way.")
            return redirect("mentors:assignments", slug)
    context: dict[str, Any] = {"cohort": cohort, "form": form, "behind": behind}
    if behind:
        facts = nudge_facts(cohort, behind[0], "", request.user)
        context["subject"], context["text"] = render_letter(NUDGE, facts, behind[0].person.name)
    return render(request, "mentors/assignment_nudge.html", context)
