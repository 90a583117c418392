"""Give applications to reviewers: all at once from a preview, or one by one."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from applications.models import Application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.services import record
from mats_portal.rubrics.services import default_rubric
from mentors.errors import (
    AlreadyAssigned,
    HasConflict,
    NotAReviewer,
    NothingToAssess,
    OthersHaveScored,
    PlanChanged,
    ReviewFinished,
)
from mentors.models import Assignment, Conflict
from mentors.policies import can_take_up_application
from mentors.selectors import assignment_plan, review_candidates


@transaction.atomic
def apply_assignment_plan(*, cohort: Cohort, readers: int, cap: int | None, digest: str, by: Any) -> int:
    """Assign as previewed: the plan is made anew under the cohort's lock and must be the one that was shown.

    Returns how many assignments were added. Raises `PlanChanged`.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    plan = assignment_plan(cohort, readers=readers, cap=cap)
    if plan.digest != digest:
        raise PlanChanged
    default_rubric(cohort=cohort, by=by)
    Assignment.objects.bulk_create(
        Assignment(application_id=application, reviewer_id=person, stream_id=stream, assigned_by=by)
        for application, person, stream in plan.pairs
    )
    facts = {"added": len(plan.pairs), "readers": readers, "cap": cap}
    record(by=by, verb="assign reviewers", subject=cohort, cohort=cohort, facts=facts)
    return len(plan.pairs)


@transaction.atomic
def assign_reviewer(*, application: Application, reviewer: Any, by: Any) -> Assignment:
    """Give one application to one person.

    Raises `NothingToAssess`, `HasConflict`, `NotAReviewer` and `AlreadyAssigned`.
    """
    locked = Application.objects.select_for_update().select_related("cohort").get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED:
        raise NothingToAssess
    if Conflict.objects.filter(person=reviewer, application=locked).exists():
        raise HasConflict
    candidates = review_candidates(locked.cohort)[locked.pk]
    if reviewer.pk not in candidates:
        raise NotAReviewer
    default_rubric(cohort=locked.cohort, by=by)
    return _assign(locked, reviewer, candidates[reviewer.pk][1], by)


@transaction.atomic
def take_up_review(*, application: Application, by: Any) -> Assignment:
    """A mentor of a chosen stream decides to review the application.

    Raises `OthersHaveScored`, `NotAReviewer` and `AlreadyAssigned`.
    """
    locked = Application.objects.select_for_update().select_related("cohort").get(pk=application.pk)
    if not can_take_up_application(by, locked).allowed:
        raise OthersHaveScored
    default_rubric(cohort=locked.cohort, by=by)
    stream = review_candidates(locked.cohort).get(locked.pk, {}).get(by.pk)
    if stream is None:
        raise NotAReviewer
    return _assign(locked, by, stream[1], by)


def _assign(application: Application, reviewer: Any, stream: int | None, by: Any) -> Assignment:
    named = Stream.objects.get(pk=stream) if stream else None
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                application=application, reviewer=reviewer, stream=named, assigned_by=by
            )
    except IntegrityError as error:
        raise AlreadyAssigned from error
    record(
        by=by,
        verb="assign reviewer",
        subject=application,
        cohort=application.cohort,
        facts={"reviewer": reviewer.code, "stream": named.code if named else None},
    )
    return assignment


@transaction.atomic
def take_back_assignment(*, assignment: Assignment, by: Any) -> None:
    """Take an unfinished review back; what was typed is kept and comes back if it is assigned again.

    Raises `ReviewFinished`.
    """
    locked = (
        Assignment.objects.select_for_update().select_related("application__cohort", "reviewer").get(pk=assignment.pk)
    )
    if locked.removed_at is not None:
        return
    if Assignment.objects.finished().filter(pk=locked.pk).exists():
        raise ReviewFinished
    Assignment.objects.filter(pk=locked.pk).update(removed_at=Now())
    record(
        by=by,
        verb="take back assignment",
        subject=locked.application,
        cohort=locked.application.cohort,
        facts={"reviewer": locked.reviewer.code},
    )
