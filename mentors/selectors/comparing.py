"""Runs of the matching side by side: who moves, and to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person
from mentors.market import Change, Impossible, Market, changed, matching_of
from mentors.matching import Matching
from mentors.models import SelectionRound, WhatIf
from mentors.selectors.market import market_of
from mentors.selectors.offers import digest
from mentors.selectors.rounds import applications_by_code, first_choices, reruns_identically

Run = WhatIf | SelectionRound
NOBODY: Mapping[str, Any] = {"preferences": {}, "rankings": {}, "seats": {}, "cohort_seats": 0}


@dataclass(frozen=True, slots=True)
class Column:
    """One run in numbers. run: None for what is true now; words: what was changed, sentence by sentence.

    is_current: whether it would be the same if it were run again on what is true now.
    """

    run: Run | None
    title: str
    words: list[str]
    matched: int
    first_choices: int
    seats: int
    empty: int
    short: list[tuple[Stream, int]]
    by_decision: int
    unexplained: int
    is_reproduced: bool
    is_current: bool

    @property
    def told(self) -> list[str]:
        """What was changed, where the title does not say it."""
        return self.words if isinstance(self.run, WhatIf) and self.run.name else []


@dataclass(frozen=True, slots=True)
class Mover:
    """One applicant who is not with the same stream in all runs; streams: one for each column, None for no stream."""

    application: Application
    streams: list[Stream | None]

    @property
    def cells(self) -> list[tuple[Stream | None, bool]]:
        """Each stream, and whether it is another one than in the first column."""
        return [(stream, stream != self.streams[0]) for stream in self.streams]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs, and exactly the people who move. hidden: movers with whom the reader declared a tie.

    streams: for each stream, run by run, how many it takes of how many free seats.
    """

    columns: list[Column]
    movers: list[Mover]
    hidden: int
    streams: list[tuple[Stream, list[tuple[int, int]]]]


def compare(cohort: Cohort, runs: Sequence[Run], person: Any) -> Comparison:
    """What is true now, and the runs beside it."""
    market = market_of(cohort)
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort=cohort)}
    inputs = market.inputs()
    try:
        now = matching_of(inputs)
    except ValueError:  # More pairs are fixed than there are seats; the page of the rules says so.
        now = matching_of(NOBODY)
    found = [now, *(matching_of(run.inputs) for run in runs)]
    moving = sorted({code for other in found[1:] for code in moved(now, other)})
    applications = applications_by_code(cohort.pk, {*moving, *_named(runs)}, person)
    names = Names(streams, applications, _leaving(runs))
    columns = [_column(None, now, names, market)]
    columns += [_column(run, one, names, market) for run, one in zip(runs, found[1:], strict=True)]
    movers = [
        Mover(applications[code], [streams.get(one.pairs.get(code, "")) for one in found])
        for code in moving
        if code in applications
    ]
    movers.sort(key=lambda mover: (mover.application.person.name, mover.application.code))
    taken = [Counter(one.pairs.values()) for one in found]
    by_stream = [
        (stream, [(held[code], one.seats.get(code, 0)) for held, one in zip(taken, found, strict=True)])
        for code, stream in sorted(streams.items(), key=lambda pair: pair[1].name)
    ]
    return Comparison(columns, movers, len(moving) - len(movers), by_stream)


def runs_of(cohort: Cohort, codes: Sequence[str]) -> list[Run]:
    """The what-ifs and rounds of these codes, in their order; codes that fit nothing are left out."""
    what_ifs = WhatIf.objects.filter(cohort=cohort, code__in=codes).select_related("made_by", "round__cohort", "cohort")
    rounds = SelectionRound.objects.filter(cohort=cohort, code__in=codes).select_related("made_by", "cohort")
    found: dict[str, Run] = {run.code: run for run in what_ifs} | {run.code: run for run in rounds}
    return [found[code] for code in codes if code in found]


def what_ifs_of(cohort: Cohort, person: Any) -> list[tuple[WhatIf, str]]:
    """The newest fifty what-ifs with their titles, as far as the person may know of whom they speak."""
    rows = WhatIf.objects.filter(cohort=cohort).select_related("made_by", "round__cohort").defer("inputs")
    saved = list(rows.order_by("-made_at", "-pk")[:50])
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort=cohort)}
    names = Names(streams, applications_by_code(cohort.pk, _named(saved), person), _leaving(saved))
    return [(run, title_of(run, [words_of(one, names) for one in run.changes])) for run in saved]


def moved(before: Matching[str, str], after: Matching[str, str]) -> set[str]:
    """The applicants who are with another stream, or with one in only one of the two."""
    return {code for code, _ in before.pairs.items() ^ after.pairs.items()}


def _named(runs: Sequence[Run]) -> set[str]:
    """The applicants that the runs' changes are about."""
    return {change["application"] for run in runs for change in changes_of(run) if "application" in change}


def _leaving(runs: Sequence[Run]) -> dict[str, str]:
    """The mentors who leave in the runs, by code."""
    codes = {change["person"] for run in runs for change in changes_of(run) if "person" in change}
    return dict(Person.objects.filter(code__in=codes).values_list("code", "name"))


def changes_of(run: Run | None) -> list[Change]:
    """What a run changed; a round changes nothing."""
    return list(run.changes) if isinstance(run, WhatIf) else []


def _column(run: Run | None, found: Matching[str, str], names: Names, market: Market) -> Column:
    words = [words_of(change, names) for change in changes_of(run)]
    named = sorted(names.streams.items(), key=lambda pair: pair[1].name)
    short = found.short()
    return Column(
        run=run,
        title=title_of(run, words),
        words=words,
        matched=len(found.pairs),
        first_choices=first_choices(found),
        seats=sum(found.seats.values()),
        empty=sum(found.unfilled().values()),
        short=[(stream, short[code]) for code, stream in named if code in short],
        by_decision=len(found.blocking_pairs()),
        unexplained=len(found.blocking_beside_fixed()),
        is_reproduced=run is None or reruns_identically(run, found),
        is_current=run is None or holds_now(run, market),
    )


def title_of(run: Run | None, words: Sequence[str]) -> str:
    """How a column is headed."""
    if run is None:
        return "As things stand"
    if isinstance(run, SelectionRound):
        return run.title
    return run.name or "; ".join(words)


def holds_now(run: Run, market: Market) -> bool:
    """Whether the run, made again on what is true now, would have the same inputs."""
    try:
        return digest(changed(market, changes_of(run)).inputs()) == run.inputs_hash
    except Impossible:
        return False


@dataclass(frozen=True, slots=True)
class Names:
    """Whom and what the changes are about, by code: streams, applicants whom the reader may see, mentors who leave."""

    streams: Mapping[str, Stream]
    applications: Mapping[str, Application]
    people: Mapping[str, str]


def words_of(change: Change, names: Names) -> str:
    """What was changed, in a few words. An applicant with whom the reader has a tie stays without a name."""
    streams, applications = names.streams, names.applications
    stream = streams.get(change.get("stream", ""))
    name = stream.name if stream else "a stream that is gone"
    applicant = applications.get(change.get("application", ""))
    who = applicant.person.name if applicant else "an applicant whom you do not see"
    person = names.people.get(change.get("person", ""), "a mentor")
    choice = f"as choice {change['choice']}" if change.get("choice") else "not on the list"
    sentences = {
        "seats": "{name}: {seats} seats",
        "ceiling": "{seats} seats in the cohort",
        "leaves": "{person} leaves",
        "bar": "{name} takes the first {would_take}",
        "order": "{who}: {name} {choice}",
        "fixed": "{who} fixed with {name}",
        "floor": "motivation floor {points}",
    }
    return sentences[change["kind"]].format(**{"name": name, "who": who, **change, "choice": choice, "person": person})
