"""Plans as they stand at the moment: submitted, drafted, not begun; and what mentors say to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from demo.building.selecting import lead_of
from demo.building.stage import Stage
from demo.moments import OPENING
from demo.people import SAM
from demo.simulation.programme import Plan, simulate_plans
from demo.simulation.shapes import dice
from mats_portal.cohorts.states import MilestoneKind
from research_plans.content import OutputRow, PlanText, content_of, digest_of
from research_plans.models import PlanComment, PlannedOutput, PlanRevision, ResearchPlan
from research_plans.states import Part
from scholars.models import Scholar

NOT_BEGUN = 0.25  # of those who have not submitted


@transaction.atomic
def write_plans(stage: Stage, scholars: Mapping[str, Scholar]) -> None:
    """A plan for each scholar who has begun one by now."""
    agendas = {stream.name: stream.agenda for stream in stage.streams.values()}
    places = {key: scholar.stream.name for key, scholar in scholars.items()}
    due = stage.calendar.instants()[MilestoneKind.PLANS_DUE]
    chance = dice(stage.recipe.seed, "drafts")
    for plan in simulate_plans(stage.recipe.seed, places, agendas):
        at = None if plan.hours is None else due + timedelta(hours=plan.hours)
        is_sams = SAM in stage.recipe.cast and plan.scholar == SAM.email and stage.now < due
        if at is not None and at < stage.now and not is_sams:
            _submit(stage, scholars[plan.scholar], plan, at)
        elif is_sams or chance.random() > NOT_BEGUN:
            _draft(stage, scholars[plan.scholar], plan, min(stage.now, due) - timedelta(hours=chance.randrange(3, 60)))


def _text(stage: Stage, plan: Plan, *, unfinished: bool = False) -> PlanText:
    """What the scholar has written; an unfinished draft lacks the plan of action and all but the first output."""
    start = stage.calendar.start_of(OPENING[MilestoneKind.IN_PERSON_STARTS]).date()
    outputs = [OutputRow(title, start + timedelta(days=day)) for title, day in plan.outputs]
    parts = {
        Part.THREAT_MODEL: plan.threat_model,
        Part.THEORY_OF_CHANGE: plan.theory_of_change,
        Part.PLAN_OF_ACTION: "" if unfinished else plan.plan_of_action,
        Part.DISAGREEMENT: plan.disagreement,
    }
    return PlanText(parts, outputs[:1] if unfinished else outputs)


def _keep(scholar: Scholar, text: PlanText, at: datetime, **submitted: Any) -> ResearchPlan:
    parts = {part.value: text.part(part) for part in Part}
    plan = ResearchPlan.objects.create(scholar=scholar, revision=1, saved_at=at, **parts, **submitted)
    PlannedOutput.objects.bulk_create(
        PlannedOutput(plan=plan, position=place, title=row.title, due_on=row.due_on)
        for place, row in enumerate(text.outputs, 1)
    )
    return plan


def _draft(stage: Stage, scholar: Scholar, plan: Plan, at: datetime) -> None:
    _keep(scholar, _text(stage, plan, unfinished=True), at)


def _submit(stage: Stage, scholar: Scholar, plan: Plan, at: datetime) -> None:
    """As the services would have left it at that moment, which they take from the database."""
    text = _text(stage, plan)
    kept = _keep(scholar, text, at, submitted_revision=1, submission_count=1, first_submitted_at=at)
    content = content_of(text)
    due = stage.calendar.instants()[MilestoneKind.PLANS_DUE]
    revision = PlanRevision.objects.create(
        plan=kept, number=1, content=content, digest=digest_of(content), at=at, due_at=due
    )
    mentor = lead_of(stage, scholar.stream.name)
    for number, words in enumerate(plan.comments):
        said_at = at + timedelta(hours=20 + 9 * number)
        if said_at < stage.now:
            PlanComment.objects.create(revision=revision, author=mentor, text=words, at=said_at)
