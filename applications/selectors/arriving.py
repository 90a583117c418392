"""How applications came in, day by day before the close, beside the cohort before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.selectors import cohorts_run_by
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.furnishing import furnishings

DAY = 86_400  # seconds
LONGEST = 60  # days before the close that are told apart; what came earlier counts as of then
SHORTEST = 7
KIND = MilestoneKind.APPLICATIONS_CLOSE
DAYS = """
SELECT came.what, least(greatest(floor(extract(epoch FROM close.at - came.at) / 86400), 0), %(longest)s)::int,
       count(*), count(*) FILTER (WHERE extract(epoch FROM close.at - came.at) >= %(left)s)
FROM (
    SELECT 'started' AS what, started_at AS at FROM applications_application
    WHERE cohort_id = %(cohort)s AND joined_to_id IS NULL
    UNION ALL
    SELECT 'submitted', coalesce(first.at, own.submitted_at) FROM applications_application own
    LEFT JOIN applications_submission first ON first.application_id = own.id AND first.number = 1
    WHERE own.cohort_id = %(cohort)s AND own.joined_to_id IS NULL AND own.state = 'submitted'
) came, cohorts_milestone close
WHERE close.cohort_id = %(cohort)s AND close.kind = %(kind)s GROUP BY 1, 2
"""
LEFT = "SELECT at, extract(epoch FROM at - now()) FROM cohorts_milestone WHERE cohort_id = %s AND kind = %s"


@dataclass(frozen=True, slots=True)
class Count:
    """How many applications were begun, and how many of those that stand submitted now were first submitted."""

    started: int = 0
    submitted: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.started + other.started, self.submitted + other.submitted)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done so that people hear of the cohort. days_left: whole days before its close, from 0."""

    days_left: int
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Coming:
    """One day, and all until its end: of this cohort and the one before. `now` is None for days that have not come."""

    days_left: int
    on: date
    now: Count | None
    now_that_day: Count
    before: Count
    before_that_day: Count
    deeds: list[str]


@dataclass(frozen=True, slots=True)
class Pace:
    """The days of two cohorts, aligned by their closes, earliest first. `before` is None without an earlier cohort.

    left: days until the close, 0 when it has passed; then_before: what it was, before, with exactly as many left.
    """

    before: Cohort | None
    left: float
    then_before: Count
    days: list[Coming]
    deeds: list[Deed]

    @property
    def days_left(self) -> int:
        """The whole ones of the days left."""
        return int(self.left)

    @property
    def today(self) -> Count:
        """Where it stands now."""
        return next((day.now for day in reversed(self.days) if day.now is not None), Count())

    @property
    def total_before(self) -> Count:
        """How many it was in the end, then."""
        return self.days[-1].before

    @property
    def is_empty(self) -> bool:
        """Whether nobody came, this time or the last."""
        return not (self.today.started or self.total_before.started)


def pace_of(cohort: Cohort, person: Any) -> Pace | None:
    """The pace of the cohort beside the one that closed last before it, of those the person runs; None without a close.

    A person counts as submitted from their first submission on, if they stand submitted now. Six statements, however
    many came, and what the deeds take.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [cohort.pk, KIND])
        found = cursor.fetchone()
    if found is None:
        return None
    close, seconds = found[0], float(found[1])
    before = _before(cohort, person)
    own, _ = _by_day(cohort, seconds)
    other, then = _by_day(before, seconds) if before else ({}, Count())
    last_day = (close - timedelta(microseconds=1)).astimezone(ZoneInfo(cohort.zone)).date()
    left, deeds = max(seconds / DAY, 0), _deeds(cohort, last_day)
    days = _days(own, other, deeds, last_day, reached=min(int(left), LONGEST))
    return Pace(before, left, then, days, deeds)


def _days(
    own: dict[int, Count], other: dict[int, Count], deeds: list[Deed], last_day: date, *, reached: int
) -> list[Coming]:
    first = max([SHORTEST, *(own.keys() | other.keys() or {min(deed.days_left, LONGEST) for deed in deeds})])
    order = range(first, -1, -1)
    nobody = Count()
    sums = zip(
        accumulate(own.get(day, nobody) for day in order),
        accumulate(other.get(day, nobody) for day in order),
        strict=True,
    )
    return [
        Coming(
            days_left=day,
            on=last_day - timedelta(days=day),
            now=now if day >= reached else None,
            now_that_day=own.get(day, nobody),
            before=before,
            before_that_day=other.get(day, nobody),
            deeds=[deed.words for deed in deeds if min(deed.days_left, first) == day],
        )
        for day, (now, before) in zip(order, sums, strict=True)
    ]


def _deeds(cohort: Cohort, last_day: date) -> list[Deed]:
    """What the apps say was done, earliest first."""
    done = sorted(deed for furnish in furnishings("arrival_marks") for deed in furnish(cohort))
    return [Deed(max((last_day - on).days, 0), on, words) for on, words in done]


def _before(cohort: Cohort, person: Any) -> Cohort | None:
    close = Milestone.objects.filter(cohort=cohort, kind=KIND).values("at")[:1]
    earlier = Milestone.objects.filter(kind=KIND, at__lt=close, cohort__in=cohorts_run_by(person))
    found = earlier.select_related("cohort").order_by("-at").first()
    return found.cohort if found else None


def _by_day(cohort: Cohort, left: float) -> tuple[dict[int, Count], Count]:
    """What came on each day, by the whole days left; and all that had come with `left` seconds to go."""
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"cohort": cohort.pk, "kind": KIND, "longest": LONGEST, "left": left})
        rows = cursor.fetchall()
    days: dict[int, Count] = {}
    then = Count()
    for what, day, count, by_then in rows:
        days[day] = days.get(day, Count()) + Count(**{what: count})
        then += Count(**{what: by_then})
    return days, then
