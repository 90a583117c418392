"""Small worlds of research plans."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from research_plans.content import OutputRow, PlanText
from research_plans.models import ResearchPlan
from research_plans.services import save_plan, start_plan, submit_plan
from research_plans.states import Part
from scholars.models import Scholar
from tests.mentors.world import fresh

SUITE = OutputRow("An evaluation suite", date(2030, 8, 15))


def text(word: str = "first", *, outputs: tuple[OutputRow, ...] = (SUITE,)) -> PlanText:
    """A complete plan; `word` tells it from another."""
    parts = {part: f"The {word} thing I would say about the {part.label.lower()}." for part in Part}
    return PlanText(parts, outputs)


def make_plan(scholar: Scholar, word: str = "first") -> ResearchPlan:
    """The scholar's draft, complete."""
    sam = fresh(scholar.person)
    plan = start_plan(scholar=scholar, by=sam)
    return save_plan(plan=plan, text=text(word), expected_revision=plan.revision, by=sam)


def make_submitted_plan(scholar: Scholar, *, times: int = 1) -> ResearchPlan:
    """A plan that was changed and submitted so many times."""
    plan = make_plan(scholar)
    for number in range(times):
        if number:
            plan = make_plan(scholar, f"later ({number})")
        submit_plan(plan=plan, expected_revision=plan.revision, by=fresh(scholar.person))
    return ResearchPlan.objects.select_related("scholar__cohort", "scholar__person").get(pk=plan.pk)


def set_due(cohort: Cohort, at: datetime | timedelta) -> None:
    """The cohort's plans are due at this moment, or so long from now."""
    moment = timezone.now() + at if isinstance(at, timedelta) else at
    Milestone.objects.update_or_create(cohort=cohort, kind=MilestoneKind.PLANS_DUE, defaults={"at": moment})
