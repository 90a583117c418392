"""Lines over time: how a count grew, beside how another one did, and what was done on the way.

Everything is placed in per cent of the width, so that a phone shows the same lines closer together and letters keep
their size. Nothing carries a `style`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django import template
from django.utils.safestring import SafeString

from .html import draw

register = template.Library()

SCALE = 1000  # units of the inner drawing, both ways
ROOM = 38  # pixels above the plot, for the marks
HEIGHT = 220  # pixels of the plot
STEPS = (1, 2, 2.5, 5, 10)
MOST_STEPS = 4
CROWDED = 20  # marks that a chart can hold beside each other; what is closer together shares one
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Course:
    """One line. look: "now" or "before", or a quieter "-second" of each; points: (x, y), x from 0 to span."""

    label: str
    look: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was done at x: a number on the chart that leads to where it is told in full."""

    x: float
    number: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A name under the axis, at x."""

    x: float
    label: str


@register.simple_tag
def courses(
    lines: Iterable[Course],
    span: float,
    label: str,
    marks: Iterable[Mark] = (),
    ticks: Iterable[Tick] = (),
    here: float | None = None,
) -> SafeString:
    """Lines over a span of time, with numbered marks that a keyboard reaches, and how it stands at `here`.

    label: what the chart shows, in words; the figures belong in a table beside it.
    """
    drawn = list(lines)
    most = top_of(max((y for line in drawn for _, y in line.points), default=0))
    dots = [line.points[-1] for line in drawn if line.look == "now" and line.points and here is not None]
    return draw(
        "courses",
        label=label,
        lines=[{"label": one.label, "look": one.look, "path": _path(one.points, span, most)} for one in drawn],
        levels=[{"y": _y(level, most), "label": f"{level:,g}"} for level in levels_of(most)],
        marks=[{"mark": mark, "x": _percent(mark.x, span), "anchor": _anchor(mark.x, span)} for mark in marks],
        ticks=[{"x": _percent(one.x, span), "label": one.label, "anchor": _anchor(one.x, span)} for one in ticks],
        dots=[
            {"x": _percent(x, span), "y": _y(y, most), "label": f"{y:,g}", "anchor": _anchor(x, span)} for x, y in dots
        ],
        here=None if here is None else _percent(here, span),
        room=ROOM,
        height=HEIGHT,
        floor=ROOM + HEIGHT,
        whole=ROOM + HEIGHT + 24,
        scale=SCALE,
    )


def crowds(things: Iterable[Thing], place: Callable[[Thing], float], span: float) -> list[list[Thing]]:
    """The things in their order, together where their marks would overlap; `place`: where one stands from 0 to span."""
    groups: list[list[Thing]] = []
    for one in things:
        if groups and (place(one) - place(groups[-1][0])) * CROWDED < span:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def step_of(most: float) -> float:
    """The round distance of the levels of a scale up to `most`, at least 1: 1, 2, 2.5 (from 25 on) or 5 times a ten."""
    power = 1.0
    while True:
        for step in STEPS:
            distance = step * power
            if distance.is_integer() and distance * MOST_STEPS >= most:
                return distance
        power *= 10


def top_of(most: float) -> float:
    """The end of a scale that holds `most`: a whole number of round steps, at least one."""
    step = step_of(most)
    return step * max(1, -(-most // step))


def levels_of(top: float) -> list[float]:
    """The levels that are named beside a scale with this end."""
    step = step_of(top)
    return [step * number for number in range(round(top / step) + 1)]


def _percent(x: float, span: float) -> str:
    return f"{100 * min(max(x / (span or 1), 0), 1):.2f}%"


def _y(value: float, most: float) -> float:
    return round(ROOM + HEIGHT * (1 - value / most), 1)


def _anchor(x: float, span: float) -> str:
    """Which end of a text stands at x, so that it stays inside at both edges."""
    share = x / (span or 1)
    return "start" if share < 0.08 else "end" if share > 0.92 else "middle"


def _path(points: Sequence[tuple[float, float]], span: float, most: float) -> str:
    placed = (f"{SCALE * x / (span or 1):.1f} {SCALE * (1 - y / most):.1f}" for x, y in points)
    return "M" + " L".join(placed) if points else ""
