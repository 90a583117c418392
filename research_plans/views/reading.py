"""Read a plan as it was submitted, talk about it, compare revisions; and the list for staff and mentors."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import ACT, access, require, signed_in
from mats_portal.web.comparison import compare
from mats_portal.web.errors import Refusal
from research_plans.content import OutputRow
from research_plans.forms import CommentForm
from research_plans.models import PlanRevision, ResearchPlan
from research_plans.policies import can_comment_on_plan, can_write_plan, plans_visible_to, scholars_with_plans_for
from research_plans.selectors import comments_on, due_of, late_revisions, outputs_due, revision_of, rows
from research_plans.services import comment_on_plan
from research_plans.states import Part, Standing


@access(signed_in)
def plan(request: Any, code: str) -> HttpResponse:
    """A submitted revision, typeset, with its comments: the latest, or `?revision=`."""
    found = _visible(request, code)
    if not found.submission_count:
        if can_write_plan(request.user, found.scholar).allowed:
            return redirect("research_plans:draft", found.scholar.cohort.slug)
        raise Http404
    return _read(request, found, CommentForm())


@access(signed_in, methods=ACT)
def comment(request: Any, code: str) -> HttpResponse:
    """Say something beside the revision one reads."""
    found = _visible(request, code)
    require(can_comment_on_plan(request.user, found))
    revision = _revision(request, found)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _read(request, found, form, status=422)
    given = form.cleaned_data
    try:
        comment_on_plan(
            revision=revision, part=given["part"], text=given["text"], form_key=given["form_key"], by=request.user
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _read(request, found, form, status=409)
    messages.success(request, "Your comment stands beside the plan.")
    return redirect(f"{found.get_absolute_url()}?revision={revision.number}#comments")


@access(signed_in)
def changes(request: Any, code: str) -> HttpResponse:
    """What changed, word by word, between a revision and the one before it."""
    found = _visible(request, code)
    after = _revision(request, found)
    before = revision_of(found, after.number - 1) if after.number > 1 else None
    if before is None:
        raise Http404
    parts = [(part, compare(before.parts[part], after.parts[part])) for part in Part]
    context = {"plan": found, "before": before, "after": after, "parts": parts, "cohort": found.scholar.cohort}
    context["outputs"] = compare(_lines(before), _lines(after))
    return render(request, "research_plans/researchplan_changes.html", context)


@access(signed_in)
def plans(request: Any, slug: str) -> HttpResponse:
    """Whose plan is missing or late, first; then the others. Mentors see their own streams'."""
    readers = (CohortRole.STAFF, CohortRole.MENTOR, CohortRole.GRADER)
    cohort = next((one for one in own_cohorts(request.user, *readers) if one.slug == slug), None)
    if cohort is None:
        raise Http404
    request.cohort = cohort
    scholars = scholars_with_plans_for(request.user, cohort)
    found = rows(scholars)
    wanted = request.GET.get("standing", "")
    counts = Counter(row.standing for row in found)
    tabs = [
        {"label": one.label, "url": f"?standing={one}", "current": wanted == one, "count": counts[one]}
        for one in Standing
    ]
    context = {
        "cohort": cohort,
        "rows": [row for row in found if wanted in ("", row.standing)],
        "tabs": tabs,
        "all": not wanted,
        "total": len(found),
        "overdue": counts[Standing.MISSING],
        "heading": "One plan is missing" if counts[Standing.MISSING] == 1 else "Plans are missing",
        "outputs": outputs_due(scholars)[:12],
    }
    return render(request, "research_plans/researchplan_list.html", context)


def _visible(request: Any, code: str) -> ResearchPlan:
    visible = plans_visible_to(request.user).select_related("scholar__cohort", "scholar__person", "scholar__stream")
    found = get_object_or_404(visible, code=code)
    request.cohort = found.scholar.cohort
    return found


def _revision(request: Any, plan: ResearchPlan) -> PlanRevision:
    wanted = request.GET.get("revision") or request.POST.get("revision") or ""
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else None
    revision = revision_of(plan, number)
    if revision is None:
        raise Http404
    return revision


def _lines(revision: PlanRevision) -> str:
    return "".join(f"{row['due_on'] or 'no date'}  {row['title']}\n" for row in revision.outputs)


def _read(request: Any, plan: ResearchPlan, form: CommentForm, *, status: int = 200) -> HttpResponse:
    revision = _revision(request, plan)
    late = late_revisions(plan)
    said = comments_on(plan)
    shown = {one.number: (one, days) for one, days in late}
    context = {
        "plan": plan,
        "cohort": plan.scholar.cohort,
        "revision": revision,
        "days_late": shown[revision.number][1],
        "revisions": late,
        "due_at": due_of(plan.scholar),
        "parts": [(part, revision.parts[part]) for part in Part if revision.parts[part]],
        "outputs": [OutputRow(row["title"], date.fromisoformat(row["due_on"])) for row in revision.outputs],
        "comments": said,
        "form": form,
        "can_comment": can_comment_on_plan(request.user, plan).allowed,
        "can_write": can_write_plan(request.user, plan.scholar).allowed,
    }
    return render(request, "research_plans/researchplan_detail.html", context, status=status)
