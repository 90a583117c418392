"""References that are not here yet, for the staff of a cohort."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from applications.models import Reference
from applications.selectors.applications import applications_visible_to
from applications.selectors.references import due_of
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort

LEFT_IN_PEACE = timedelta(days=1)  # after the last letter to the referee


def waiting_references(cohort: Cohort, person: Any) -> QuerySet[Any]:
    """Those asked for in submitted applications that the person may see, neither in nor declined, with `due_at`."""
    visible = applications_visible_to(person).in_cohort(cohort).filter(state=ApplicationState.SUBMITTED)
    rows = Reference.objects.missing().filter(application__in=visible.values("pk"))
    return rows.select_related("application__person", "application__cohort").annotate(due_at=due_of("application__"))


def waiting_to_be_reminded(cohort: Cohort, person: Any) -> QuerySet[Any]:
    """Those of them to whose referee a letter may go now: there is time left, and none went within a day."""
    rested = Q(sent_at__lte=Now() - LEFT_IN_PEACE)
    return waiting_references(cohort, person).filter(rested, due_at__gt=Now())
