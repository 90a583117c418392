"""What a report is made of. An app's `reports.py` builds these from its selectors; the frame shows and exports them.

    CHANNELS = Report(name="channels", question="How did people hear of us?", compile=compile_channels)

Everything is plain data, so that a snapshot can keep it as JSON and a page, a
spreadsheet and a printed report say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from mats_portal.reports.statistics import SMALL, Share, share, suppress
from mats_portal.web.furnishing import furnishings

if TYPE_CHECKING:
    from mats_portal.cohorts.models import Cohort


class Hidden(StrEnum):
    """A number that is not shown because it could point at a person."""

    SMALL = f"fewer than {SMALL}, or hidden to protect one that is"


HIDDEN = Hidden.SMALL
Cell = str | int | float | Share | Hidden | None


class ColumnKind(StrEnum):
    """What the cells of a column are; None is always "not known"."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    label: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report; every row has a cell for every column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of “{self.title}” has not one cell for each column.")


@dataclass(frozen=True, slots=True)
class Line:
    """One bar of a figure. count None: hidden. of: what the bar is a share of, None for a plain count."""

    label: str
    count: int | None
    of: int | None = None

    @property
    def share(self) -> Share | None:
        """The bar as a share with its interval, where it is one and is shown."""
        return share(self.count, self.of) if self.count is not None and self.of is not None else None


@dataclass(frozen=True, slots=True)
class Figure:
    """Bars under each other.

    definition: what is counted, who is left out, and why; n: how many people it is about;
    share_words: said after each share ("of the step before").
    """

    title: str
    definition: str
    lines: tuple[Line, ...]
    n: int | None = None
    note: str = ""
    share_words: str = ""

    @property
    def widest(self) -> int:
        """What a bar over the whole width stands for: the one whole that all are shares of, or the largest count."""
        wholes = {line.of for line in self.lines}
        counts = [line.count or 0 for line in self.lines]
        whole = wholes.pop() if len(wholes) == 1 else None
        return whole or max(counts, default=0) or 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with its interval; value None: there are too few to say."""

    label: str
    n: int | None
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Estimates:
    """Dots on their whiskers under each other, all on one scale from minimum to maximum."""

    title: str
    definition: str
    rows: tuple[Estimate, ...]
    minimum: float
    maximum: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that matters, large: a median, a rate, a date. note: its n, interval, and who gave no answer."""

    title: str
    definition: str
    value: str
    note: str = ""


AnyFigure = Figure | Estimates | Fact


@dataclass(frozen=True, slots=True)
class ReportTables:
    """A compiled report. answer: the question's answer in one plain sentence, with its n."""

    answer: str
    figures: tuple[AnyFigure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that an app furnishes. name: for the address; question: the heading; order: lower comes first."""

    name: str
    question: str
    compile: Callable[[Cohort], ReportTables]
    order: int = 50


def furnished_reports() -> list[Report]:
    """Every report of the installed apps, in the order of the programme."""
    return sorted(furnishings("reports"), key=lambda report: report.order)


def shares(
    *,
    title: str,
    definition: str,
    counts: Mapping[str, int],
    of: int,
    hide_small: bool = False,
    several_allowed: bool = False,
    note: str = "",
) -> Figure:
    """A figure of shares of `of` people.

    hide_small: for facts about persons (education, gender, where they live); small cells
    and those that would give them away become "fewer than 5". several_allowed: one
    person may be in several bars (a multiple choice), so that the bars add up to nothing.
    """
    if hide_small and 0 < of < SMALL:
        return Figure(title=title, definition=definition, lines=(), note=f"{HIDDEN.capitalize()}. {note}".strip())
    shown: Mapping[str, int | None] = counts
    if hide_small:
        shown = suppress(counts, total_is_known=not several_allowed)
    lines = tuple(Line(label, count, of) for label, count in shown.items())
    return Figure(title=title, definition=definition, lines=lines, n=of, note=note)


def funnel(*, title: str, definition: str, steps: Sequence[tuple[str, int]], note: str = "") -> Figure:
    """A figure of steps in order, each from the second on as a share of the one before it, where it is one."""
    lines = [Line(*steps[0])] if steps else []
    for (_, before), (label, count) in pairwise(steps):
        lines.append(Line(label, count, before if 0 < before >= count else None))
    return Figure(title=title, definition=definition, lines=tuple(lines), note=note, share_words="of the step before")


def counts(*, title: str, definition: str, counts: Mapping[str, int], n: int | None = None, note: str = "") -> Figure:
    """A figure of plain counts (a funnel, arrivals a week)."""
    lines = tuple(Line(label, count) for label, count in counts.items())
    return Figure(title=title, definition=definition, lines=lines, n=n, note=note)
