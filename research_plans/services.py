"""Write, submit and discuss a plan. A late plan is accepted and marked; what was submitted never changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.errors import Refusal
from research_plans.content import PlanText, content_of, digest_of, missing
from research_plans.letters import COMMENT, RECEIPT, comment_facts, receipt_facts
from research_plans.models import PlanComment, PlannedOutput, PlanRevision, ResearchPlan
from research_plans.policies import can_comment_on_plan, can_write_plan
from research_plans.selectors import draft_of
from research_plans.states import Part
from scholars.models import Scholar

MOST_OUTPUTS = 30


class NotYourPlan(Refusal):
    """Only the scholar writes the plan, and only while in the programme."""


class StalePlan(Refusal):
    """This plan was changed in another window. Both texts are below: put together what you want to keep, and save."""

    def __init__(self, saved: PlanText, revision: int) -> None:
        super().__init__()
        self.saved = saved
        self.revision = revision


class PartsMissing(Refusal):
    """Something is missing before the plan can be submitted."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"Before you submit, please add: {', '.join(names)}.")
        self.names = names


class TooManyOutputs(Refusal):
    """A plan holds at most 30 outputs. Please put some of them together."""


class MayNotComment(Refusal):
    """Only the scholar's mentors, programme staff and the scholar comment on a plan."""


@transaction.atomic
def start_plan(*, scholar: Scholar, by: Any) -> ResearchPlan:
    """The scholar's plan: a new empty one, or the one there is. Raises NotYourPlan."""
    if not can_write_plan(by, scholar).allowed:
        raise NotYourPlan
    plan, _ = ResearchPlan.objects.get_or_create(scholar=scholar)
    return plan


@transaction.atomic
def save_plan(*, plan: ResearchPlan, text: PlanText, expected_revision: int, by: Any) -> ResearchPlan:
    """Keep the draft, if nobody saved it since `expected_revision`. Submitted revisions stay as they are.

    Raises NotYourPlan, TooManyOutputs, and StalePlan with what is saved now.
    """
    if not can_write_plan(by, plan.scholar).allowed:
        raise NotYourPlan
    if len(text.outputs) > MOST_OUTPUTS:
        raise TooManyOutputs
    texts = {part.value: text.part(part) for part in Part}
    unchanged = ResearchPlan.objects.filter(pk=plan.pk, revision=expected_revision)
    if not unchanged.update(revision=F("revision") + 1, saved_at=Now(), **texts):
        current = ResearchPlan.objects.get(pk=plan.pk)
        raise StalePlan(draft_of(current), current.revision)
    plan.outputs.all().delete()
    PlannedOutput.objects.bulk_create(
        PlannedOutput(plan=plan, position=place, title=row.title, due_on=row.due_on)
        for place, row in enumerate(text.outputs, 1)
    )
    return ResearchPlan.objects.select_related("scholar__cohort", "scholar__person").get(pk=plan.pk)


@transaction.atomic
def submit_plan(*, plan: ResearchPlan, expected_revision: int, by: Any) -> PlanRevision:
    """Freeze the draft as the next revision and send a receipt. After the deadline it is accepted and marked.

    The moment and the deadline are the database's, in the statement that writes them.
    Submitting the same draft twice gives the revision it became. Raises NotYourPlan,
    StalePlan, PartsMissing.
    """
    held = ResearchPlan.objects.select_for_update(of=("self",)).select_related("scholar__cohort").get(pk=plan.pk)
    scholar = held.scholar
    if not can_write_plan(by, scholar).allowed:
        raise NotYourPlan
    text = draft_of(held)
    if held.revision != expected_revision:
        raise StalePlan(text, held.revision)
    if held.submitted_revision == held.revision:
        return held.revisions.latest("number")
    if names := missing(text):
        raise PartsMissing(names)
    content = content_of(text)
    revision = PlanRevision.objects.create(
        plan=held,
        number=held.submission_count + 1,
        content=content,
        digest=digest_of(content),
        at=Now(),
        due_at=EffectiveDeadline(scholar.cohort_id, MilestoneKind.PLANS_DUE, scholar.person_id),
    )
    revision.refresh_from_db()
    ResearchPlan.objects.filter(pk=held.pk).update(
        submission_count=revision.number,
        submitted_revision=held.revision,
        first_submitted_at=Coalesce("first_submitted_at", revision.at),
    )
    facts = {"number": revision.number, "digest": revision.digest}
    record(by=by, verb="submit plan", subject=held, cohort=scholar.cohort, facts=facts)
    post_letter(
        kind=RECEIPT,
        to=by,
        key=f"plan receipt:{held.code}:{revision.number}",
        facts=receipt_facts(scholar, revision),
        cohort=scholar.cohort,
        about=f"research_plans.researchplan:{held.code}",
    )
    return revision


@transaction.atomic
def comment_on_plan(*, revision: PlanRevision, part: str, text: str, form_key: str, by: Any) -> PlanComment:
    """Say something beside a revision; the same form sent twice says it once. The scholar gets a letter.

    Raises MayNotComment.
    """
    plan = revision.plan
    if not can_comment_on_plan(by, plan).allowed:
        raise MayNotComment
    comment, is_new = PlanComment.objects.get_or_create(
        author=by, form_key=form_key, defaults={"revision": revision, "part": part, "text": text}
    )
    scholar = plan.scholar
    if is_new and by.pk != scholar.person_id:
        post_letter(
            kind=COMMENT,
            to=scholar.person,
            key=f"plan comment:{comment.code}",
            facts=comment_facts(plan, by),
            cohort=scholar.cohort,
            about=f"research_plans.researchplan:{plan.code}",
        )
    if is_new:
        facts = {"comment": comment.code, "revision": revision.number}
        record(by=by, verb="comment on plan", subject=plan, cohort=scholar.cohort, facts=facts)
    return comment
