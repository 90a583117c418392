"""Three claims that critics and the programme argue about: what the portal holds, and what is missing.

The report touches plans as well as outcomes, so it lives on this storey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mats_portal.reports.frame import Cell, Column, ColumnKind, Report, ReportTables, Table
from mats_portal.reports.statistics import share
from research_plans.selectors import examined_counts
from scholars.alumni.impact import (
    ADDITIONALITY_SHOWN,
    EXCHANGE_RATE,
    break_even_rate,
    break_even_share,
    with_unknown,
)
from scholars.alumni.selectors import MethodCount, counts_by_method

if TYPE_CHECKING:
    from mats_portal.cohorts.models import Cohort

CAPABILITIES = "Hardly any go to capabilities"
MISSING_JOBS = "Whether they would be there anyway; what those who were not chosen do."
MISSING_CAPABILITIES = "Whether they would be there anyway; one definition of capabilities work shared by all methods."
MISSING_DEFERENCE = "Whether what was examined changed the work; a reader who is not the mentor."
NOT_MEASURED = (
    f"{EXCHANGE_RATE.name}: {EXCHANGE_RATE.span.low:g} to {EXCHANGE_RATE.span.high:g}, {EXCHANGE_RATE.author}, "
    f"{EXCHANGE_RATE.when}; it is not measured, and neither is the share who are there because of the programme. "
    "Worst case: everybody on capabilities counts as caused by the programme. Displaced applicants are not in the "
    "formula. Nobody has a value of their own."
)


def compile_concerns(cohort: Cohort) -> ReportTables:
    """The evidence held for each claim and what is missing; then the break-even, as a range."""
    found = counts_by_method(cohort)
    answer = "Nobody has finished the programme yet, so there is no evidence for or against the three claims."
    if found[0].alumni:
        known = max(one.known for one in found)
        answer = (
            f"Something is known of {known} of {found[0].alumni} alumni at most. Whether the programme made the "
            "difference is not measured for any of the three claims."
        )
    return ReportTables(answer=answer, tables=(_claims(cohort, found), _break_even(found), _rates(found)))


def _claims(cohort: Cohort, found: list[MethodCount]) -> Table:
    """Each claim with the evidence of each method, how many it does not know, and what nobody has measured."""
    columns = (
        Column("The claim"),
        Column("Evidence held"),
        Column("Share", ColumnKind.SHARE),
        Column("Not known", ColumnKind.COUNT),
        Column("What is missing"),
    )
    held: list[tuple[Cell, ...]] = [
        (claim, one.method.label.lower(), _share(k, one.known), one.unknown, lacking)
        for claim, lacking in (("They find work on safety", MISSING_JOBS), (CAPABILITIES, MISSING_CAPABILITIES))
        for one in found
        for k in [one.on_capabilities if claim == CAPABILITIES else one.on_safety]
    ]
    examined = _share(*examined_counts(cohort))
    held.append(("They think for themselves", "plans with examined assumptions", examined, 0, MISSING_DEFERENCE))
    return Table("Three claims", columns, tuple(held))


def _share(k: int, n: int) -> Cell:
    return share(k, n) if n else None


def _break_even(found: list[MethodCount]) -> Table:
    """How many of those on safety must be there because of the programme, at both ends of the assumed rate."""
    columns = (
        Column("How we know"),
        Column("On safety, s", ColumnKind.COUNT),
        Column("On capabilities, k", ColumnKind.COUNT),
        Column("k if those not known are like the others, or all on capabilities"),
        Column("Must be there because of the programme"),
    )
    rows = tuple((one.method.label, one.on_safety, one.on_capabilities, *_needed(one)) for one in found if one.known)
    return Table("Break-even", columns, rows, NOT_MEASURED)


def _needed(one: MethodCount) -> tuple[str, str]:
    reach = with_unknown(known=one.on_capabilities, of_known=one.known, unknown=one.unknown)
    span = EXCHANGE_RATE.span
    shares = [
        break_even_share(on_safety=one.on_safety, on_capabilities=round(number), rate=rate)
        for number, rate in ((one.on_capabilities, span.high), (one.on_capabilities, span.low), (reach.high, span.low))
    ]
    if None in shares:
        return f"{reach.low:.0f} to {reach.high:.0f}", "nobody is known to be on safety"
    low, high, worst = (f"{100 * (value or 0):.1f} %" for value in shares)
    return f"{reach.low:.0f} to {reach.high:.0f}", f"{low} to {high}; {worst} if all not known are on capabilities"


def _rates(found: list[MethodCount]) -> Table:
    """The rate at which the sum is nought, for several shares who are there because of the programme."""
    columns = (Column("How we know"), *(Column(f"{100 * value:g} %") for value in ADDITIONALITY_SHOWN))
    rows = []
    for one in found:
        rates = [
            break_even_rate(on_safety=one.on_safety, on_capabilities=one.on_capabilities, share_safety=value)
            for value in ADDITIONALITY_SHOWN
        ]
        if one.known:
            rows.append((one.method.label, *("–" if rate is None else f"{rate:.1f}" for rate in rates)))
    note = "How much one person on safety must be worth, if so many of them are there because of the programme."
    return Table("The rate that is needed", columns, tuple(rows), note)


CONCERNS = Report(
    name="concerns", question="What can be said about three concerns?", compile=compile_concerns, order=90
)
