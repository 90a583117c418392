"""Reads about plans: the draft, its deadline, the list for staff and mentors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.selectors import day_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.components.moments import PathStep
from research_plans.content import OutputRow, PlanText
from research_plans.lateness import days_late, standing
from research_plans.models import PlanComment, PlanRevision, ResearchPlan
from research_plans.states import TONES, Part, Standing
from scholars.models import Scholar
from scholars.states import ScholarState

# The scholar's own deadline, for rows of `Scholar`; writes, pages and reminders ask this one function.
DUE = EffectiveDeadline("cohort_id", MilestoneKind.PLANS_DUE, "person_id")


@dataclass(slots=True)
class PlanRow:
    """A scholar beside how their plan stands."""

    scholar: Scholar
    plan: ResearchPlan | None
    due_at: datetime | None
    standing: Standing
    days_late: int

    @property
    def url(self) -> str:
        """Where the plan can be read, once something was submitted."""
        return self.plan.get_absolute_url() if self.plan and self.plan.submission_count else ""

    @property
    def tone(self) -> str:
        """How the standing is marked."""
        return TONES[self.standing]


def draft_of(plan: ResearchPlan) -> PlanText:
    """The draft as plain data."""
    outputs = [OutputRow(row.title, row.due_on) for row in plan.outputs.all()]
    return PlanText({part: plan.part(part) for part in Part}, outputs)


def due_of(scholar: Scholar) -> datetime | None:
    """When the scholar's plan is due: the cohort's milestone, or a later one of their own."""
    found: datetime | None = Scholar.objects.filter(pk=scholar.pk).values_list(DUE, flat=True).get()
    return found


def plan_row(scholar: Scholar) -> PlanRow:
    """How one scholar's plan stands now."""
    return rows(Scholar.objects.filter(pk=scholar.pk))[0]


def rows(scholars: QuerySet[Scholar]) -> list[PlanRow]:
    """Each scholar with how their plan stands, in one statement: missing and late ones first, then by name."""
    found = scholars.select_related("plan", "person", "stream", "cohort").annotate(due_at=DUE, now=Now())
    made = [_row(scholar, scholar.due_at, scholar.now) for scholar in found]
    order = [Standing.MISSING, Standing.LATE, Standing.NOT_STARTED, Standing.DRAFT, Standing.SUBMITTED]
    return sorted(made, key=lambda row: (order.index(row.standing), -row.days_late, row.scholar.person.name))


def _row(scholar: Any, due_at: datetime | None, now: datetime) -> PlanRow:
    plan: ResearchPlan | None = getattr(scholar, "plan", None)
    first = plan.first_submitted_at if plan else None
    stands = standing(is_begun=plan is not None and plan.revision > 0, first_submitted_at=first, due_at=due_at, now=now)
    late = days_late(first or now, due_at) if stands in (Standing.LATE, Standing.MISSING) else 0
    return PlanRow(scholar, plan, due_at, stands, late)


def unsubmitted(scholars: QuerySet[Scholar], *, before: datetime, after: datetime) -> QuerySet[Scholar]:
    """Active scholars whose plan is due after one moment and before another, and was never submitted."""
    active = scholars.active().exclude(plan__submission_count__gt=0)  # type: ignore[attr-defined]
    found: QuerySet[Scholar] = active.annotate(due_at=DUE).filter(due_at__gt=after, due_at__lte=before)
    return found.select_related("person", "cohort")


def revision_of(plan: ResearchPlan, number: int | None) -> PlanRevision | None:
    """The revision of that number, or the latest."""
    found = plan.revisions.all()
    return found.filter(number=number).first() if number else found.first()


def late_revisions(plan: ResearchPlan) -> list[tuple[PlanRevision, int]]:
    """The revisions, newest first, with how many days after its deadline each came."""
    return [(revision, days_late(revision.at, revision.due_at)) for revision in plan.revisions.all()]


def comments_on(plan: ResearchPlan) -> list[PlanComment]:
    """All comments on the plan's revisions, oldest first, with their authors."""
    found = PlanComment.objects.filter(revision__plan=plan).select_related("author", "revision")
    return list(found.order_by("at", "id"))


def outputs_due(scholars: Iterable[Scholar]) -> list[dict[str, Any]]:
    """The planned outputs of the latest submitted revisions, soonest first: scholar, title, day."""
    latest = PlanRevision.objects.filter(plan__scholar__in=scholars, number=F("plan__submission_count"))
    found = [
        {"scholar": revision.plan.scholar, "title": output["title"], "day": date.fromisoformat(output["due_on"])}
        for revision in latest.select_related("plan__scholar__person")
        for output in revision.outputs
    ]
    return sorted(found, key=lambda output: output["day"])


def cohort_rows(cohort: Cohort) -> list[PlanRow]:
    """How the plans of all scholars of a cohort stand who are in the programme or finished it."""
    return rows(Scholar.objects.in_cohort(cohort).enrolled())


def uncommented_plans(plans: QuerySet[ResearchPlan], person: Any) -> QuerySet[ResearchPlan]:
    """Those whose latest revision this person has not said anything about, oldest revision first."""
    latest = PlanRevision.objects.filter(plan=OuterRef("pk"), number=OuterRef("submission_count"))
    said = PlanComment.objects.filter(
        revision__plan=OuterRef("pk"), revision__number=OuterRef("submission_count"), author_id=person.pk
    )
    waiting = plans.filter(~Exists(said), submission_count__gt=0, scholar__state=ScholarState.ACTIVE)
    found = waiting.annotate(latest_at=Subquery(latest.values("at")[:1])).order_by("latest_at", "pk")
    return found.select_related("scholar__person", "scholar__stream", "scholar__cohort")


PATH = (
    MilestoneKind.TRAINING_STARTS,
    MilestoneKind.IN_PERSON_STARTS,
    MilestoneKind.PLANS_DUE,
    MilestoneKind.IN_PERSON_ENDS,
    MilestoneKind.EXTENSION_STARTS,
    MilestoneKind.EXTENSION_ENDS,
)


def path_of(scholar: Scholar) -> list[PathStep]:
    """The scholar's way through the programme, with their own deadline for the plan, in order of time."""
    milestones = Milestone.objects.filter(cohort=scholar.cohort_id, kind__in=PATH)
    dates = {milestone.kind: milestone.at for milestone in milestones}
    if own := due_of(scholar):
        dates[MilestoneKind.PLANS_DUE] = own
    zone = scholar.cohort.zone
    steps = [PathStep(MilestoneKind(kind).label, at, text=day_of(kind, at, zone)) for kind, at in dates.items()]
    return sorted(steps, key=lambda step: step.at or datetime.max.replace(tzinfo=UTC))


def examined_counts(cohort: Cohort) -> tuple[int, int]:
    """How many of the cohort's latest submitted plans say what was examined or disagreed with; of how many."""
    latest = PlanRevision.objects.filter(plan__scholar__cohort=cohort, number=F("plan__submission_count"))
    texts = [revision.parts[Part.DISAGREEMENT] for revision in latest.only("content")]
    return sum(bool(text.strip()) for text in texts), len(texts)
