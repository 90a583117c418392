"""Interest forms day by day as a line, with what was done on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from applications.outreach.models import Action
from mats_portal.web.components.courses import Course, Mark, Tick, crowds

MIDDAY = 0.5
TICKS = 4  # names under the axis, which a phone has room for


@dataclass(frozen=True, slots=True)
class Done:
    """What shares one mark, earliest first."""

    number: int
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class InterestChart:
    """What the component draws; done: what its marks stand for; days: (day, forms, what was done), for the table."""

    span: float
    courses: list[Course]
    ticks: list[Tick]
    marks: list[Mark]
    done: list[Done]
    days: list[tuple[date, int, str]]


def interest_chart(came: Sequence[tuple[date, int]], actions: Sequence[Action]) -> InterestChart | None:
    """The chart from the first day on which something was done or somebody came to the last; None without any."""
    forms = dict(came)
    known = sorted({*forms, *(action.on for action in actions)})
    if not known:
        return None
    first, length = known[0], (known[-1] - known[0]).days + 1
    days = [first + timedelta(days=number) for number in range(length)]
    earliest = sorted(actions, key=lambda action: (action.on, action.pk))
    groups = crowds(earliest, lambda action: (action.on - first).days, length)
    done = [Done(number, group) for number, group in enumerate(groups, 1)]
    words = {day: " · ".join(map(str, (one for one in earliest if one.on == day))) for day in known}
    line = [(number + MIDDAY, forms.get(day, 0)) for number, day in enumerate(days)]
    step = -(-length // TICKS)
    return InterestChart(
        span=float(length),
        courses=[Course("Interest forms each day", "now", line)],
        ticks=[Tick(number + MIDDAY, f"{days[number].day} {days[number]:%b}") for number in range(0, length, step)],
        marks=[_mark(one, first) for one in done],
        done=done,
        days=[(day, forms.get(day, 0), words.get(day, "")) for day in days if day in words],
    )


def _mark(done: Done, first: date) -> Mark:
    x = (done.actions[0].on - first).days + MIDDAY
    return Mark(x, done.number, " · ".join(map(str, done.actions)), f"#done-{done.number}")
