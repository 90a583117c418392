"""Over which agendas a cohort's seats and its applicants spread."""

from __future__ import annotations

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Column, ColumnKind, Report, ReportTables, Table, shares
from mentors.candidacy.portfolio import Line, Portfolio, portfolio_of

DEFINITION = (
    "Seats of the cohort's streams by the agenda they name. Applicants are people with a submitted application who "
    "chose at least one stream of the agenda; one person counts once an agenda, however many of its streams they chose."
)
COUNTS = ("Streams", "With a mentor signed up", "Seats", "Taken", "Applicants", "First choices")


def compile_portfolio(cohort: Cohort) -> ReportTables:
    """Seats by agenda, and the tables by agenda, track and viewpoint."""
    found = portfolio_of(cohort)
    seats = {f"{line.name} ({line.track})": line.seats for line in found.agendas if line.seats}
    return ReportTables(
        answer=_answer(found),
        figures=(shares(title="Seats by agenda", definition=DEFINITION, counts=seats, of=found.total.seats),)
        if seats
        else (),
        tables=(
            _table("By agenda", found.agendas, with_track=True),
            _table("By track", found.tracks),
            _table("By viewpoint", found.viewpoints),
        ),
    )


def _answer(found: Portfolio) -> str:
    if not found.total.seats:
        return "No stream has a seat yet."
    largest = found.agendas[0]
    return (
        f"{found.total.seats:,} seats in {found.total.streams:,} streams on {len(found.agendas):,} agendas, spread as "
        f"evenly as {found.effective_agendas:g} agendas of equal size would be; the largest, {largest.name}, has "
        f"{largest.seats / found.total.seats:.0%} of the seats."
    )


def _table(title: str, lines: list[Line], *, with_track: bool = False) -> Table:
    rows = []
    for line in lines:
        counts = (line.streams, line.committed, line.seats, line.taken, line.applicants, line.firsts)
        rows.append((line.name, *((line.track,) if with_track else ()), *counts))
    names = (Column(title.removeprefix("By ").capitalize()), *((Column("Track"),) if with_track else ()))
    return Table(title, (*names, *(Column(name, ColumnKind.COUNT) for name in COUNTS)), tuple(rows))


PORTFOLIO = Report(
    name="portfolio", question="Over which agendas do seats and applicants spread?", compile=compile_portfolio, order=25
)
