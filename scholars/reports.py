"""Who is in the programme, who changed stream and why, and which streams have no mentor. Only aggregates."""

from __future__ import annotations

from collections import Counter

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Column, ColumnKind, Report, ReportTables, Table, counts, shares
from scholars.models import Scholar
from scholars.selectors import streams_without_mentor, switch_counts
from scholars.states import ScholarState, SwitchReason

DEFINITION = "Everybody who accepted an offer of this cohort, once, by where they stand now."
SWITCHES = "Every change of stream by the reason that staff chose; somebody who changed twice is counted twice."


def compile_scholars(cohort: Cohort) -> ReportTables:
    """The state of the scholars, the changes of stream by reason, and the streams without a mentor."""
    states = Counter(Scholar.objects.in_cohort(cohort).values_list("state", flat=True))
    moved = Scholar.objects.in_cohort(cohort).filter(switches__isnull=False).distinct().count()
    reasons = switch_counts(cohort)
    found = shares(
        title="Where the scholars stand",
        definition=DEFINITION,
        counts={state.label: states[state] for state in ScholarState},
        of=states.total(),
    )
    switches = counts(
        title="Changes of stream",
        definition=SWITCHES,
        counts={reason.label: reasons.get(reason, 0) for reason in SwitchReason},
        note=f"{moved:,} of {states.total():,} scholars changed stream at least once.",
    )
    return ReportTables(
        answer=_answer(states, reasons), figures=(found, switches) if states else (), tables=_mentorless(cohort)
    )


def _answer(states: Counter[str], reasons: dict[str, int]) -> str:
    if not states:
        return "Nobody has accepted an offer yet, so there are no scholars."
    said = (
        f"{states[ScholarState.ACTIVE]:,} are in the programme, {states[ScholarState.FINISHED]:,} finished and "
        f"{states[ScholarState.LEFT]:,} left early, of {states.total():,} who accepted."
    )
    switched = sum(reasons.values())
    if not switched:
        return f"{said} Nobody changed stream."
    often = max(SwitchReason, key=lambda reason: reasons.get(reason, 0))
    times = "1 change" if switched == 1 else f"{switched:,} changes"
    return f"{said} {times} of stream, {reasons[often]:,} because: {often.label.lower()}."


def _mentorless(cohort: Cohort) -> tuple[Table, ...]:
    rows = []
    for stream in streams_without_mentor(cohort):
        exception = getattr(stream, "mentorless_exception", None)
        rows.append((stream.name, stream.seats_taken, exception.reason if exception else None))
    columns = (Column("Stream"), Column("Seats taken", ColumnKind.COUNT), Column("Why it may enrol"))
    note = "A stream without a mentor enrols nobody unless an exception with its reason is recorded."
    return (Table("Streams without a mentor", columns, tuple(rows), note=note),) if rows else ()


SCHOLARS = Report(name="scholars", question="Who are the scholars, and who moved?", compile=compile_scholars, order=60)
