"""Reads about outcomes: what we last knew, by method, never added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from mats_portal.cohorts.models import Cohort
from scholars.alumni.models import Outcome
from scholars.alumni.states import ON_SAFETY, Category, Method
from scholars.models import Scholar
from scholars.states import ScholarState


@dataclass(slots=True)
class Known:
    """An alumna or alumnus, and the latest outcome of each method."""

    scholar: Scholar
    by_method: dict[str, Outcome] = field(default_factory=dict)

    @property
    def latest(self) -> Outcome | None:
        """The newest of any method, for showing to people who can tell them apart."""
        return max(self.by_method.values(), key=lambda outcome: outcome.as_of, default=None)


@dataclass(frozen=True, slots=True)
class MethodCount:
    """What one method says of a cohort: how many of each category, of how many alumni."""

    method: Method
    counts: dict[Category, int]
    alumni: int

    @property
    def known(self) -> int:
        """Of how many it knows something."""
        return sum(number for category, number in self.counts.items() if category != Category.UNKNOWN)

    @property
    def unknown(self) -> int:
        """Of how many it knows nothing."""
        return self.alumni - self.known

    @property
    def on_safety(self) -> int:
        """How many work on safety."""
        return sum(self.counts.get(category, 0) for category in ON_SAFETY)

    @property
    def on_capabilities(self) -> int:
        """How many work on capabilities."""
        return self.counts.get(Category.CAPABILITIES, 0)


def latest_of(person: Any, cohort: Cohort) -> Outcome | None:
    """What we last knew of one person, by whatever method."""
    return Outcome.objects.of(person).filter(cohort=cohort).first()


def history_of(person: Any, cohort: Cohort) -> QuerySet[Outcome]:
    """All outcomes of one person, newest first."""
    return Outcome.objects.of(person).filter(cohort=cohort).select_related("recorded_by")


def with_latest(scholars: Iterable[Scholar]) -> list[Known]:
    """Each with the latest outcome of each method, in one more statement."""
    found = {scholar.person_id: Known(scholar) for scholar in scholars}
    for outcome in _latest(Outcome.objects.filter(person__in=found)):
        known = found[outcome.person_id]
        if outcome.cohort_id == known.scholar.cohort_id:
            known.by_method[outcome.method] = outcome
    return list(found.values())


def _latest(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """The newest row of each person, cohort and method."""
    order = ("person_id", "cohort_id", "method", "-as_of", "-recorded_at", "-id")
    return outcomes.order_by(*order).distinct("person_id", "cohort_id", "method")


def counts_by_method(cohort: Cohort) -> list[MethodCount]:
    """What each method says of the cohort's alumni, from the newest row of each person; the methods stay apart."""
    alumni = Scholar.objects.in_cohort(cohort).filter(state=ScholarState.FINISHED)
    total = alumni.count()
    counts: dict[str, dict[Category, int]] = {method: {} for method in Method}
    rows = _latest(Outcome.objects.filter(cohort=cohort, person__in=alumni.values("person")))
    for method, category in rows.values_list("method", "category"):
        key = Category(category)
        counts[method][key] = counts[method].get(key, 0) + 1
    return [MethodCount(method, counts[method], total) for method in Method]


def to_be_asked(*, after: timedelta, before: timedelta, now: datetime) -> QuerySet[Scholar]:
    """Alumni who finished between two lengths of time ago, and have said nothing themselves since the earlier one."""
    said = Outcome.objects.by(Method.SELF).filter(
        person=OuterRef("person"), cohort=OuterRef("cohort"), recorded_at__gte=OuterRef("asked_from")
    )
    finished = Scholar.objects.filter(state=ScholarState.FINISHED)
    finished = finished.filter(ended_at__lte=now - after, ended_at__gt=now - before)
    found: QuerySet[Scholar] = finished.annotate(asked_from=F("ended_at") + after).filter(~Exists(said))
    return found.select_related("person", "cohort")
