"""The motivation floor: what it is, who set it, and who falls under it."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Avg, QuerySet

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mentors.models import MotivationFloor
from mentors.selectors.reviewing import counted_assessments


def current_floor(cohort: Cohort) -> Decimal | None:
    """The floor that holds, or None."""
    newest = MotivationFloor.objects.filter(cohort=cohort).values_list("points", flat=True)
    return newest.order_by("-set_at", "-pk").first()


def floors_of(cohort: Cohort) -> QuerySet[MotivationFloor]:
    """The log: every setting, newest first, with who set it."""
    return MotivationFloor.objects.filter(cohort=cohort).select_related("set_by")


def applications_below(cohort: Cohort, points: Decimal | None) -> QuerySet[Application]:
    """The submitted applications whose mean motivation, over the reviews that are in, is under `points`.

    Who has no score is not under it: missing is never zero.
    """
    if points is None:
        return Application.objects.none()
    scored = counted_assessments().filter(application__cohort=cohort, sheet__motivation__isnull=False)
    means = scored.order_by().values("application").annotate(mean=Avg("sheet__motivation"))
    return Application.objects.submitted().filter(pk__in=means.filter(mean__lt=points).values("application"))
