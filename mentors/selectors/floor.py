"""The motivation floor: what it is, who set it, and who falls under it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.states import Dimension
from mentors.models import Mark, MotivationFloor
from mentors.selectors.composite import piles_of
from mentors.selectors.reviewing import conflicted_applications, counted_assessments
from mentors.selectors.scores import score_summaries


def current_floor(cohort: Cohort) -> Decimal | None:
    """The floor that holds, or None."""
    newest = MotivationFloor.objects.filter(cohort=cohort).values_list("points", flat=True)
    return newest.order_by("-set_at", "-pk").first()


def floors_of(cohort: Cohort) -> QuerySet[MotivationFloor]:
    """The log: every setting, newest first, with who set it."""
    return MotivationFloor.objects.filter(cohort=cohort).select_related("set_by")


def applications_below(cohort: Cohort, points: Decimal | None) -> QuerySet[Application]:
    """The submitted applications whose motivation, by the reviews and marks that are in, is under `points`.

    Who has no score is not under it: missing is never zero. Where nobody marked it by question, the mean of the
    sheets is the composite, and the database takes it.
    """
    if points is None:
        return Application.objects.none()
    marked = Mark.objects.given().filter(application__cohort=cohort, marking__criterion__dimension=Dimension.MOTIVATION)
    keys = marked.order_by().values("application")
    scored = counted_assessments().filter(application__cohort=cohort)
    piles = piles_of(scored.filter(application__in=keys), marked)
    below = [key for key, pile in piles.items() if (pile.mean(Dimension.MOTIVATION) or points) < points]
    alone = scored.filter(sheet__motivation__isnull=False).exclude(application__in=keys)
    means = alone.order_by().values("application").annotate(mean=Avg("sheet__motivation"))
    unmarked = Q(pk__in=means.filter(mean__lt=points).values("application"))
    return Application.objects.submitted().filter(unmarked | Q(pk__in=below))


@dataclass(frozen=True, slots=True)
class Under:
    """One applicant under a floor, as the reader may see it. is_new: above the floor that holds now."""

    application: Application
    motivation: Decimal
    reviews: int
    is_new: bool
    wanted_by: int


def who_falls_under(cohort: Cohort, points: Decimal | None, now: Decimal | None, person: Any) -> list[Under]:
    """The applicants under `points` by the scores that the person may see, in two statements.

    Those whom a stream would take first, then the lowest.
    """
    if points is None:
        return []
    everybody = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=conflicted_applications(person))
    scores = score_summaries(person, everybody)
    under = {key: one for key, one in scores.items() if one.motivation is not None and one.motivation < points}
    wanted = Count("rankings", filter=Q(rankings__is_acceptable=True))
    rows = everybody.filter(pk__in=under).annotate(wanted_by=wanted).select_related("person", "cohort")
    found = [
        Under(row, Decimal(means), scores[row.pk].count, now is None or means >= now, row.wanted_by)
        for row in rows.defer("search")
        if (means := under[row.pk].motivation) is not None
    ]
    return sorted(found, key=lambda one: (not one.wanted_by, one.motivation, one.application.person.name))
