"""How many need a visa, and how far they are: counts only, and none that is small."""

from __future__ import annotations

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Report, ReportTables, shares
from mats_portal.reports.statistics import SMALL
from scholars.visas.selectors import counts_of_steps
from scholars.visas.states import Step

DEFINITION = (
    "Scholars who are in the programme, once, by what they or programme staff last said. Counts below five are hidden, "
    "and so are others that would give them away."
)


def compile_visas(cohort: Cohort) -> ReportTables:
    """One figure of shares."""
    counts = counts_of_steps(cohort)
    total = sum(counts.values())
    if not total:
        return ReportTables(answer="Nobody is in the programme, so nobody needs a visa.", figures=(), tables=())
    settled = counts[Step.NONE] + counts[Step.GRANTED]
    figure = shares(
        title="How far visas are",
        definition=DEFINITION,
        counts={step.label: counts[step] for step in Step},
        of=total,
        hide_small=True,
    )
    told = {line.label for line in figure.lines if line.count is not None}
    shown = {Step.NONE.label, Step.GRANTED.label} <= told and settled >= SMALL and total - settled >= SMALL
    answer = (
        f"{settled:,} of {total:,} scholars need no visa or have it."
        if shown
        else f"{total:,} scholars are in the programme; how many have no visa yet is not shown, because few people are."
    )
    return ReportTables(answer=answer, figures=(figure,), tables=())


VISAS = Report(name="visas", question="How many need a visa, and have it?", compile=compile_visas, order=61)
