"""What became of a cohort, by method, each with its doubt; the methods are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mats_portal.reports.frame import Cell, Column, ColumnKind, Figure, Report, ReportTables, Table, shares
from mats_portal.reports.statistics import share
from scholars.alumni.selectors import MethodCount, counts_by_method
from scholars.alumni.states import Category, Method

if TYPE_CHECKING:
    from mats_portal.cohorts.models import Cohort

DEFINITION = (
    "The newest row of each person that this method knows. Shares are of those it knows, with a 95 % Wilson "
    "interval; whom it does not know stands beside. Outcomes of different methods disagree, and are never merged."
)


def compile_outcomes(cohort: Cohort) -> ReportTables:
    """One figure for each method, and one table that sets them side by side."""
    found = counts_by_method(cohort)
    alumni = found[0].alumni
    told = next(one for one in found if one.method == Method.SELF)
    answer = (
        f"{told.known} of {alumni} alumni have told us; {told.on_safety} of those work on safety, "
        f"{told.on_capabilities} on capabilities."
        if alumni
        else "Nobody has finished the programme yet, so nothing is known of what became of it."
    )
    columns = (
        Column("How we know"),
        Column("Alumni", ColumnKind.COUNT),
        Column("Known", ColumnKind.SHARE),
        Column("On safety", ColumnKind.SHARE),
        Column("On capabilities", ColumnKind.SHARE),
    )
    side_by_side = Table("The methods side by side", columns, tuple(_row(one) for one in found), DEFINITION)
    return ReportTables(answer, tuple(_figure(one) for one in found if one.known), (side_by_side,))


def _row(one: MethodCount) -> tuple[Cell, ...]:
    return (
        one.method.label,
        one.alumni,
        share(one.known, one.alumni) if one.alumni else None,
        share(one.on_safety, one.known) if one.known else None,
        share(one.on_capabilities, one.known) if one.known else None,
    )


def _figure(one: MethodCount) -> Figure:
    counts = {category.label: one.counts.get(category, 0) for category in Category if category != Category.UNKNOWN}
    note = f"Not known by this method: {one.unknown} of {one.alumni}."
    return shares(title=one.method.label, definition=DEFINITION, counts=counts, of=one.known, note=note)


OUTCOMES = Report(name="outcomes", question="What became of those who finished?", compile=compile_outcomes, order=80)
