"""The pace of two cohorts as lines on one chart, what was done on the way, and the words under its axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from applications.selectors.arriving import Coming, Count, Deed, Pace
from mats_portal.cohorts.models import Cohort
from mats_portal.web.components.courses import Course, Mark, Tick, crowds

MIDDAY = 0.5
FEW_WEEKS = 35  # days; a longer time is named by every second week
WEEK = 7


@dataclass(frozen=True, slots=True)
class Done:
    """What shares one mark: its number on the chart and what was done, earliest first."""

    number: int
    deeds: list[Deed]

    @property
    def anchor(self) -> str:
        """The name of the place on the page where it is told in full."""
        return f"done-{self.number}"


@dataclass(frozen=True, slots=True)
class Chart:
    """What the component draws; `here` is None once the close has passed."""

    span: float
    courses: list[Course]
    ticks: list[Tick]
    marks: list[Mark]
    here: float | None


def done_in(pace: Pace) -> list[Done]:
    """What was done, put together where it would overlap on the chart, earliest first.

    What was done before the chart begins stands at its edge.
    """
    span = len(pace.days)
    groups = crowds(pace.deeds, lambda deed: max(span - deed.days_left, 0), span)
    return [Done(number, deeds) for number, deeds in enumerate(groups, 1)]


def chart_of(pace: Pace, cohort: Cohort, done: list[Done], *, by_day: bool) -> Chart:
    """The chart of all until each day, or of each day by itself."""
    span = float(len(pace.days))
    come = [day for day in pace.days if day.now is not None]
    if by_day:
        over = come[:-1] if pace.left else come  # today would look like a fall
        own = _line(over, lambda day: day.now_that_day, span, MIDDAY)
        other = _line(pace.days, lambda day: day.before_that_day, span, MIDDAY)
    else:
        own = _line(come, lambda day: day.now or Count(), span, 0)
        if own:
            own[-1] = (span - min(pace.left, span), own[-1][1])
        own = [(0.0, Count()), *own]
        other = [(0.0, Count()), *_line(pace.days, lambda day: day.before, span, 0)]
    return Chart(
        span=span,
        courses=[*_courses(cohort, "now", own), *(_courses(pace.before, "before", other) if pace.before else ())],
        ticks=_ticks(len(pace.days)),
        marks=[_mark(one, span) for one in done],
        here=span - pace.left if 0 < pace.left < span else None,
    )


def _line(days: list[Coming], count: Callable[[Coming], Count], span: float, early: float) -> list[tuple[float, Count]]:
    return [(span - day.days_left - early, count(day)) for day in days]


def _courses(cohort: Cohort, look: str, points: list[tuple[float, Count]]) -> list[Course]:
    return [
        Course(f"{cohort.name}, submitted", look, [(x, count.submitted) for x, count in points]),
        Course(f"{cohort.name}, started", f"{look}-second", [(x, count.started) for x, count in points]),
    ]


def _ticks(span: int) -> list[Tick]:
    step = WEEK if span <= FEW_WEEKS else 2 * WEEK
    return [Tick(span - left, f"{left} d" if left else "close") for left in range(0, span, step)]


def _mark(done: Done, span: float) -> Mark:
    first = done.deeds[0]
    return Mark(
        x=max(span - first.days_left - MIDDAY, 0),
        number=done.number,
        words=" · ".join(deed.words for deed in done.deeds),
        url=f"#{done.anchor}",
    )
