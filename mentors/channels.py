"""Did wider advertising lower quality? Each channel from interest to accepted, and the scores of those who came by it.

The report reads offers, so it lives on this storey. Its answer never says more than its figures: a difference between
those who came by different channels, with its interval, and never what caused it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import (
    HIDDEN,
    Cell,
    Column,
    ColumnKind,
    Estimate,
    Estimates,
    Report,
    ReportTables,
    Table,
)
from mats_portal.reports.means import Mean, difference, mean
from mats_portal.reports.statistics import SMALL, share, suppress
from mentors.selectors.arriving import STEPS, Arrival, Arrivals, arrivals_of

OUTCOMES = STEPS[3:]
SEVERAL = (
    "A person counts in every channel they name, in the interest form or in the submitted application of the same "
    "address, so the channels add up to more than everybody. One that is not on the list counts as outside. The three "
    "groups below them hold everybody once."
)
STEP_WORDS = (
    "Interest: left an address. Applied: started an application. Complete: it is submitted now. Ranked: above the "
    "bar of at least one stream. Offered: an offer was released, however it ended. Accepted: accepted one. "
    f"What became of fewer than {SMALL} applicants is hidden."
)
SCORE_WORDS = (
    "The mean over applicants of each one's mean score, from 1 to 5, with Student's 95 % interval. Applicants "
    f"without a review that is in are left out; means of fewer than {SMALL} are not shown."
)
CALIBRATED = "Calibrated: each score less how lenient its reviewer is beside the others."
RAW = "Raw scores: reviewers share too few applicants for their leniency to be taken out."
NO_CAUSE = "Nobody was sent to a channel by lot, so this does not say what advertising causes."


def compile_advertising(cohort: Cohort) -> ReportTables:
    """The steps by channel as counts and as shares, and the scores by channel."""
    found = arrivals_of(cohort)
    named = {name: found.naming(name) for name in found.channels}
    channels = {name: people for name, people in sorted(named.items(), key=lambda one: -len(one[1])) if people}
    rows = channels | found.groups()
    hidden = _hidden(channels) | _hidden(found.groups(), are_all=True)
    return ReportTables(
        answer=_answer(found),
        figures=tuple(_estimates(found, rows, name) for name in ("ability", "motivation") if _has(found, name)),
        tables=(_counts(rows, hidden, found.channels), _shares(rows, hidden)) if found.people else (),
    )


def _reached(people: Iterable[Arrival], *steps: str) -> int:
    return sum(person.steps.issuperset(steps) for person in people)


def _hidden(rows: Mapping[str, list[Arrival]], *, are_all: bool = False) -> set[str]:
    """The rows whose outcomes could point at a person. are_all: the rows hold everybody once, so a lone hidden
    one could be worked out."""
    complete = {name: _reached(people, "complete") for name, people in rows.items()}
    return {name for name, count in suppress(complete, total_is_known=are_all).items() if count is None}


def _counts(rows: Mapping[str, list[Arrival]], hidden: set[str], channels: Mapping[str, bool]) -> Table:
    columns = (
        Column("Channel"),
        Column("Reaches"),
        *(Column(step.capitalize(), ColumnKind.COUNT) for step in STEPS),
    )
    body = []
    for name, people in rows.items():
        reaches = ("the community" if channels[name] else "outside") if name in channels else "everybody"
        cells: list[Cell] = [_reached(people, step) for step in STEPS[:3]]
        cells += [HIDDEN if name in hidden else _reached(people, step) for step in OUTCOMES]
        body.append((name, reaches, *cells))
    return Table("How far people came, by channel", columns, tuple(body), note=f"{STEP_WORDS} {SEVERAL}")


def _shares(rows: Mapping[str, list[Arrival]], hidden: set[str]) -> Table:
    """Shares of the people of a step: of those interested who applied, of the applied who are complete, and so on."""
    labels = ("Of interest, applied", "Of applied, complete", *(f"Of complete, {step}" for step in OUTCOMES))
    columns = (Column("Channel"), *(Column(label, ColumnKind.SHARE) for label in labels))
    pairs = (("interest", "applied"), ("applied", "complete"), *(("complete", step) for step in OUTCOMES))
    body = []
    for name, people in rows.items():
        cells: list[Cell] = []
        for whole, part in pairs:
            of = _reached(people, whole)
            is_hidden = 0 < of < SMALL or (part in OUTCOMES and name in hidden)
            cells.append(HIDDEN if is_hidden else share(_reached(people, whole, part), of) if of else None)
        body.append((name, *cells))
    return Table("The same steps as shares", columns, tuple(body), note="Intervals are 95 % Wilson.")


def _values(people: Iterable[Arrival], dimension: str) -> list[float]:
    return [value for person in people if (value := getattr(person, dimension)) is not None]


def _has(found: Arrivals, dimension: str) -> bool:
    return bool(_values(found.people, dimension))


def _estimates(found: Arrivals, rows: Mapping[str, list[Arrival]], dimension: str) -> Estimates:
    drawn = []
    for name, people in rows.items():
        values = _values(people, dimension)
        told = mean(values) if len(values) >= SMALL else None
        n = None if 0 < len(values) < SMALL else len(values)
        known = (told.value, told.low, told.high) if told else (None, None, None)
        drawn.append(Estimate(name, n, *known))
    how = CALIBRATED if dimension in found.calibrated else RAW
    return Estimates(f"Mean score of {dimension}, by channel", SCORE_WORDS, tuple(drawn), 1, 5, f"{how} {SEVERAL}")


def _answer(found: Arrivals) -> str:
    if not _reached(found.people, "complete"):
        return "Nobody has an application in, so there is nothing to compare."
    community, outside, _ = found.groups().values()
    said = []
    for dimension in ("ability", "motivation"):
        here, there = _values(outside, dimension), _values(community, dimension)
        if min(len(here), len(there)) < SMALL:
            return (
                "There are too few scores to say: at least five applicants who name a community channel and five who "
                "name only channels outside it need a review that is in."
            )
        said.append(_compared(dimension, difference(here, there), len(here), len(there)))
    return f"{' '.join(said)} {NO_CAUSE}"


def _compared(dimension: str, found: Mean | None, outside: int, community: int) -> str:
    if found is None or found.low is None or found.high is None:
        return f"For {dimension} the scores do not vary, so no interval can be given."
    whom = f"the {outside:,} who name only channels outside the community"
    others = f"the {community:,} who name one of its own"
    if not found.tells_a_side:
        return (
            f"On {dimension} no difference can be told: {whom} may score from {_points(found.low)} to "
            f"{_points(found.high)} points beside {others} (95 % interval)."
        )
    low, high = sorted((abs(found.low), abs(found.high)))
    which = "lower" if found.value < 0 else "higher"
    return (
        f"On {dimension}, {whom} score {abs(found.value):.2f} points {which} than {others} "
        f"(95 % interval {low:.2f} to {high:.2f})."
    )


def _points(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


ADVERTISING = Report(
    name="advertising", question="Did wider advertising lower quality?", compile=compile_advertising, order=35
)
