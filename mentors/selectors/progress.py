"""How far each reviewer is, who is late, what was assigned at once, and who could be nudged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Now

from applications.states import ApplicationState
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.letters import NUDGE, REVIEWS_LEFT
from mentors.models import Assignment, AssignmentBatch

LATELY = timedelta(days=1)  # Nobody is asked twice within a day without staff choosing so.


def assignments_of_reviewers(cohort: Cohort) -> QuerySet[Person, Any]:
    """Everybody with a standing assignment in the cohort.

    Annotated with `asked`, `done`, `last_at` (of their newest review that is in) and `due_at` (their own deadline).
    """
    standing = Person.objects.filter(  # First, so that nobody else's assignments are looked at.
        assignments__removed_at=None,
        assignments__application__state=ApplicationState.SUBMITTED,
        assignments__application__cohort=cohort,
    )
    finished_at = "assignments__assessment__sheet__finished_at"
    counted = standing.annotate(
        asked=Count("assignments"),
        done=Count("assignments", filter=Q(**{f"{finished_at}__isnull": False})),
        last_at=Max(finished_at),
    )
    due = EffectiveDeadline(cohort.pk, MilestoneKind.REVIEWS_DUE, "pk")
    return counted.annotate(due_at=due).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Behind:
    """A reviewer with something left. asked_at: when a letter last asked them, within the last day."""

    person: Person
    left: int
    asked: int
    due_at: datetime | None
    is_late: bool
    asked_at: datetime | None


def reviewers_behind(cohort: Cohort, people: Iterable[Person] | None = None) -> list[Behind]:
    """Who has reviews left (of the given people), the late ones and those with most left first. Two statements.

    Late is judged by the database's clock against each person's own deadline.
    """
    counted: Any = assignments_of_reviewers(cohort)
    rows = counted.filter(asked__gt=F("done")).annotate(now=Now())
    if people is not None:
        rows = rows.filter(pk__in=[person.pk for person in people])
    letters = Letter.objects.filter(cohort_slug=cohort.slug, kind__in=[NUDGE.name, REVIEWS_LEFT.name])
    lately = letters.filter(not_before__gt=Now() - LATELY).values_list("recipient").annotate(at=Max("not_before"))
    asked = dict(lately.order_by())
    found = [
        Behind(
            person=row,
            left=row.asked - row.done,
            asked=row.asked,
            due_at=row.due_at,
            is_late=row.due_at is not None and row.due_at <= row.now,
            asked_at=asked.get(row.pk),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.is_late, -one.left, one.person.name))


def assignment_batches(cohort: Cohort) -> QuerySet[AssignmentBatch, Any]:
    """What was assigned at once and stands, newest first, with `standing` and how many of these are `begun`."""
    standing = Q(assignments__removed_at=None)
    rows = AssignmentBatch.objects.filter(cohort=cohort, undone_at=None).select_related("made_by", "cohort")
    return rows.annotate(
        standing=Count("assignments", filter=standing),
        begun=Count("assignments", filter=standing & Q(assignments__assessment__isnull=False)),
    ).order_by("-made_at", "-id")


def begun_in_batch(batch: AssignmentBatch) -> QuerySet[Assignment]:
    """The assignments of the batch that somebody has begun: undoing leaves them."""
    standing = Assignment.objects.filter(batch=batch, removed_at=None, assessment__isnull=False)
    return standing.select_related("reviewer", "application__person").order_by("reviewer__name", "pk")
