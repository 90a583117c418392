"""Reads about deadlines: whom a stream's concerns, and what was written after the close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from applications.models import Application, Choice
from applications.states import ApplicationState
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.people.models import Person

APPLICANTS_KINDS = (MilestoneKind.APPLICATIONS_CLOSE, MilestoneKind.REFERENCES_DUE)
MOST_LATE = 200
CLOSES = EffectiveDeadline("cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "person_id")


def stream_people(stream: Stream, kind: MilestoneKind) -> QuerySet[Person]:
    """The applicants who have the stream on their list and have not withdrawn."""
    if kind not in APPLICANTS_KINDS:
        return Person.objects.none()
    chosen = Choice.objects.filter(stream=stream, rank__isnull=False)
    chosen = chosen.exclude(application__state=ApplicationState.WITHDRAWN)
    return Person.objects.filter(pk__in=chosen.values("application__person")).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class LateDraft:
    """Text kept after the close: whose, until when it could have been submitted, when it was last kept."""

    application: Application
    closed_at: datetime
    kept_at: datetime

    @property
    def was_submitted(self) -> bool:
        """Whether an earlier state of it was submitted in time, and is what people read now."""
        return self.application.state == ApplicationState.SUBMITTED


def late_applications(cohort: Cohort) -> QuerySet[Any]:
    """Applications with text kept after their close and not submitted since, the latest first."""
    late = Application.objects.in_cohort(cohort).filter(late_saved_at__isnull=False)
    late = late.exclude(state=ApplicationState.WITHDRAWN).annotate(closed_at=CLOSES).filter(closed_at__lte=Now())
    return late.select_related("person", "cohort").order_by("-late_saved_at", "-pk")


def late_drafts(cohort: Cohort) -> list[LateDraft]:
    """The first `MOST_LATE` of them, for the staff's page; nothing of what is in them."""
    return [LateDraft(row, row.closed_at, row.late_saved_at) for row in late_applications(cohort)[:MOST_LATE]]
