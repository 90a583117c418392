"""How applications came in, day by day before the close, beside the cohort before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.selectors import cohorts_run_by
from mats_portal.cohorts.states import MilestoneKind

LONGEST = 60  # days before the close that are told apart; what came earlier counts as of then
DAYS = """
SELECT least(greatest(floor(extract(epoch FROM m.at - a.submitted_at) / 86400), 0), %(longest)s)::int, count(*)
FROM applications_application a JOIN cohorts_milestone m ON m.cohort_id = a.cohort_id AND m.kind = %(kind)s
WHERE a.cohort_id = %(cohort)s AND a.state = 'submitted' GROUP BY 1
"""
LEFT = """
SELECT floor(extract(epoch FROM at - now()) / 86400)::int FROM cohorts_milestone
WHERE cohort_id = %(cohort)s AND kind = %(kind)s
"""
KIND = MilestoneKind.APPLICATIONS_CLOSE


@dataclass(frozen=True, slots=True)
class Coming:
    """How many had submitted with so many whole days left; `now` is None for days that have not come."""

    days_left: int
    now: int | None
    before: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The days of two cohorts, aligned by their closes, earliest first. `before` is None without an earlier cohort."""

    before: Cohort | None
    days_left: int
    days: list[Coming]

    @property
    def today(self) -> Coming:
        """Where it stands now."""
        return next(day for day in reversed(self.days) if day.now is not None)

    @property
    def total_before(self) -> int:
        """How many it was in the end, then."""
        return self.days[-1].before


def pace_of(cohort: Cohort, person: Any) -> Pace | None:
    """The pace of the cohort beside the one that closed last before it, of those the person runs; None without a close.

    A person counts by the day of their last submission, if it stands. Five statements, however many came.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT, {"cohort": cohort.pk, "kind": KIND})
        left = cursor.fetchone()
    if left is None:
        return None
    before = _before(cohort, person)
    own, other = _by_day(cohort), _by_day(before) if before else {}
    days_left, days, sums = max(left[0], 0), [], [0, 0]
    for day in range(LONGEST, -1, -1):
        sums = [sums[0] + own.get(day, 0), sums[1] + other.get(day, 0)]
        days.append(Coming(day, sums[0] if day >= min(days_left, LONGEST) else None, sums[1]))
    return Pace(before, days_left, days)


def _before(cohort: Cohort, person: Any) -> Cohort | None:
    close = Milestone.objects.filter(cohort=cohort, kind=KIND).values("at")[:1]
    earlier = Milestone.objects.filter(kind=KIND, at__lt=close, cohort__in=cohorts_run_by(person))
    found = earlier.select_related("cohort").order_by("-at").first()
    return found.cohort if found else None


def _by_day(cohort: Cohort) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"cohort": cohort.pk, "kind": KIND, "longest": LONGEST})
        return dict(cursor.fetchall())
