"""How the plans of a cohort stand. Only aggregates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mats_portal.reports.frame import Column, ColumnKind, Report, ReportTables, Table, shares
from research_plans.selectors import cohort_rows
from research_plans.states import Standing

if TYPE_CHECKING:
    from mats_portal.cohorts.models import Cohort

DEFINITION = (
    "Everybody who is in the programme or finished it. “Submitted” and “Submitted late” go by the first submission "
    "against the person's own deadline, extensions included; “Missing” is past it with nothing submitted."
)


def compile_plans(cohort: Cohort) -> ReportTables:
    """How many plans are in, in time or late, and by how many days."""
    found = cohort_rows(cohort)
    counts = Counter(row.standing for row in found)
    in_time, late = counts[Standing.SUBMITTED], counts[Standing.LATE]
    answer = f"{in_time + late} of {len(found)} have submitted a research plan, {in_time} of them in time."
    if not found:
        answer = "Nobody is in the programme yet, so there are no research plans."
    figure = shares(
        title="Where the plans stand",
        definition=DEFINITION,
        counts={standing.label: counts[standing] for standing in Standing},
        of=len(found),
    )
    days = Counter(row.days_late for row in found if row.standing == Standing.LATE)
    table = Table(
        title="How late the late ones were",
        columns=(Column("Days late"), Column("Plans", ColumnKind.COUNT)),
        rows=tuple((str(day), number) for day, number in sorted(days.items())),
        note="A day counts from the instant of the deadline: one second late is one day.",
    )
    return ReportTables(answer=answer, figures=(figure,), tables=(table,) if days else ())


PLANS = Report(name="plans", question="Are the research plans in?", compile=compile_plans, order=70)
