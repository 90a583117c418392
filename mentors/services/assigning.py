"""Give applications to reviewers: all at once from a preview, or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from applications.models import Application, Preference
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import streams_led_by
from mats_portal.journal.services import record
from mats_portal.rubrics.services import default_rubric
from mats_portal.web.text import counted
from mentors.errors import (
    AlreadyAssigned,
    AlreadyUndone,
    HasConflict,
    HasWaived,
    NotAReviewer,
    NothingToAssess,
    NothingToUndo,
    PlanChanged,
    ReviewFinished,
)
from mentors.models import Assignment, AssignmentBatch, Conflict, Waiver
from mentors.selectors import assignment_plan, review_candidates
from mentors.selectors.reviewing import can_be_taken_up

NOT_ANY_MORE = "This application is not yours to score any more. Your queue shows what is left."


@transaction.atomic
def apply_assignment_plan(*, cohort: Cohort, readers: int, cap: int | None, digest: str, by: Any) -> int:
    """Assign as previewed: the plan is made anew under the cohort's lock and must be the one that was shown.

    Returns how many assignments were added; they are a batch that can be undone. Raises `PlanChanged`.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    plan = assignment_plan(cohort, readers=readers, cap=cap)
    if plan.digest != digest:
        raise PlanChanged
    title = counted(readers, "reviewer for each application", "reviewers for each application")
    assign_batch(cohort=cohort, pairs=plan.pairs, title=title, by=by)
    return len(plan.pairs)


@transaction.atomic
def assign_batch(*, cohort: Cohort, pairs: Sequence[tuple[int, int, int | None]], title: str, by: Any) -> None:
    """Make the assignments of (application key, person key, stream key) as one batch; nothing for no pairs.

    The caller holds the cohort's lock and has looked at ties.
    """
    if not pairs:
        return
    default_rubric(cohort=cohort, by=by)
    batch = AssignmentBatch.objects.create(cohort=cohort, title=title, made_by=by)
    Assignment.objects.bulk_create(
        Assignment(application_id=application, reviewer_id=person, stream_id=stream, assigned_by=by, batch=batch)
        for application, person, stream in pairs
    )
    facts = {"added": len(pairs), "title": title}
    record(by=by, verb="assign reviewers", subject=batch, cohort=cohort, facts=facts)


@transaction.atomic
def undo_assignment_batch(*, batch: AssignmentBatch, by: Any) -> tuple[int, int]:
    """Take back the assignments of a batch that nobody has begun; reviews that were begun stay with their readers.

    Returns how many were taken back and how many stay. Raises `AlreadyUndone`, `NothingToUndo`.
    """
    undone = AssignmentBatch.objects.filter(pk=batch.pk, undone_at=None)
    if undone.update(undone_at=Now(), undone_by=by) != 1:
        raise AlreadyUndone
    # A reader who begins locks their assignment, too: whoever comes first decides whether it counts as begun.
    standing = Assignment.objects.filter(batch=batch, removed_at=None)
    keys = [row.pk for row in standing.select_for_update(of=("self",)).order_by("pk")]
    taken = Assignment.objects.filter(pk__in=keys).untouched().update(removed_at=Now())
    if not taken:
        raise NothingToUndo
    facts = {"taken_back": taken, "kept": len(keys) - taken}
    record(by=by, verb="undo assignment", subject=batch, cohort=batch.cohort, facts=facts)
    return taken, len(keys) - taken


@transaction.atomic
def assign_reviewer(*, application: Application, reviewer: Any, by: Any) -> Assignment:
    """Give one application to one person.

    Raises `NothingToAssess`, `HasConflict`, `HasWaived`, `NotAReviewer` and `AlreadyAssigned`.
    """
    locked = Application.objects.select_for_update().select_related("cohort").get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED:
        raise NothingToAssess
    if Conflict.objects.filter(person=reviewer, application=locked).exists():
        raise HasConflict
    if Waiver.objects.filter(person=reviewer, application=locked).exists():
        raise HasWaived
    candidates = review_candidates(locked.cohort)[locked.pk]
    if reviewer.pk not in candidates:
        raise NotAReviewer
    default_rubric(cohort=locked.cohort, by=by)
    return _assign(locked, reviewer, candidates[reviewer.pk][1], by)


@transaction.atomic
def take_up_review(*, application: Application, by: Any) -> Assignment:
    """A mentor scores an applicant of their stream without having been asked: an assignment by own choice.

    For the best placed of their streams. Raises `NotAReviewer` and `AlreadyAssigned`.
    """
    locked = Application.objects.select_for_update().select_related("cohort").get(pk=application.pk)
    if not can_be_taken_up(by, locked):
        raise NotAReviewer(NOT_ANY_MORE)
    chosen = Preference.objects.filter(application=locked, stream__in=streams_led_by(by)).order_by("rank")
    return _assign(locked, by, chosen[0].stream_id, by, is_own_choice=True)


def _assign(
    application: Application, reviewer: Any, stream: int | None, by: Any, *, is_own_choice: bool = False
) -> Assignment:
    named = Stream.objects.get(pk=stream) if stream else None
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                application=application, reviewer=reviewer, stream=named, assigned_by=by, is_own_choice=is_own_choice
            )
    except IntegrityError as error:
        raise AlreadyAssigned from error
    record(
        by=by,
        verb="assign reviewer",
        subject=application,
        cohort=application.cohort,
        facts={
            "reviewer": reviewer.code,
            "stream": named.code if named else None,
            "is_own_choice": is_own_choice,
        },
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
