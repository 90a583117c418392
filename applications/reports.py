"""Who applied: the counts and the background of applicants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from applications.models import Application, Preference
from applications.states import Education, Prerequisite
from applications.table import DEFINITION, counts_of
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Column, ColumnKind, Figure, Report, ReportTables, Table, counts, shares
from mats_portal.reports.statistics import ordered_median

UNKNOWN = "not known"


def compile_applicants(cohort: Cohort) -> ReportTables:
    """Submitted applications by education, field and way of hearing of us; demand for each stream."""
    totals = counts_of(cohort)
    rows = list(
        Application.objects.in_cohort(cohort)
        .submitted()
        .values_list("education", "field", "prerequisite", "is_already_in_field", "channels")
    )
    n = len(rows)
    return ReportTables(
        answer=_answer(totals, [row[0] for row in rows]),
        figures=(
            _funnel(totals),
            shares(
                title="Highest education or status",
                definition="Submitted applications by what they chose; who left it out is not known.",
                counts=_by([Education(row[0]).label if row[0] else UNKNOWN for row in rows], Education.labels),
                of=n,
                hide_small=True,
            ),
            shares(
                title="Field",
                definition="Submitted applications by the one field that the applicant knows best.",
                counts=_by([row[1] or UNKNOWN for row in rows], ()),
                of=n,
                hide_small=True,
            ),
            shares(
                title="AGI Safety Fundamentals or equivalent",
                definition="What applicants say of themselves. It is no condition for applying.",
                counts=_by([Prerequisite(row[2]).label if row[2] else UNKNOWN for row in rows], Prerequisite.labels),
                of=n,
            ),
            shares(
                title="Already in AI or machine learning",
                definition="Whether applicants work in the field already, or would be without us.",
                counts=_by([UNKNOWN if row[3] is None else ("Yes" if row[3] else "No") for row in rows], ("Yes", "No")),
                of=n,
            ),
            shares(
                title="How applicants heard of us",
                definition="Several answers each, so the bars add up to more than all applicants.",
                counts=_by([channel for row in rows for channel in row[4]], ()),
                of=n,
                several_allowed=True,
            ),
        ),
        tables=(_demand(cohort),),
    )


def _answer(totals: dict[str, int], education: list[int | None]) -> str:
    said = f"{totals['submitted']:,} people submitted an application, of {totals['started']:,} who started one."
    found = Counter(education)
    median = ordered_median([(step.label, found[step]) for step in Education], unknown=found[None])
    if median is None:
        return said
    return (
        f"{said} The middle one by education is at “{median.value}” (n = {median.n:,}, {median.unknown:,} not known)."
    )


def _funnel(totals: dict[str, int]) -> Figure:
    drafts = totals["started"] - totals["submitted"] - totals["withdrawn"]
    parts = {"Submitted": totals["submitted"], "Withdrawn": totals["withdrawn"], "Never submitted": drafts}
    return counts(title="What became of applications", definition=DEFINITION, counts=parts, n=totals["started"])


def _by(values: list[str], order: Sequence[str]) -> dict[str, int]:
    """Counts in the order of a code list, or else the largest first; what is not known comes last."""
    found = Counter(values)
    named = list(order) or [label for label, _ in found.most_common() if label != UNKNOWN]
    return {label: found[label] for label in [*named, UNKNOWN] if found[label]}


def _demand(cohort: Cohort) -> Table:
    chosen = Counter(
        Preference.objects.filter(application__cohort=cohort, application__state="submitted").values_list(
            "stream_id", "rank"
        )
    )
    rows = []
    for stream in cohort.streams.order_by("name"):
        wanted = sum(count for (key, _), count in chosen.items() if key == stream.pk)
        rows.append((stream.name, stream.seats, wanted, chosen[(stream.pk, 1)]))
    columns = (
        Column("Stream"),
        Column("Seats", ColumnKind.COUNT),
        Column("Chosen by", ColumnKind.COUNT),
        Column("First choice of", ColumnKind.COUNT),
    )
    return Table("Demand for streams", columns, tuple(rows), note="Submitted applications; several streams each.")


APPLICANTS = Report(name="applicants", question="Who applied?", compile=compile_applicants, order=20)
