"""A saved round, retold: who is with whom, who is not, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mentors import matching, stability
from mentors.market import matching_of
from mentors.matching import Matching
from mentors.models import SelectionRound, WhatIf
from mentors.selectors.explaining import Explainer, RoundRow
from mentors.selectors.offers import canonical, digest
from mentors.selectors.reviewing import conflicted_applications


def algorithm() -> str:
    """The name of the method, and twelve digits of the SHA-256 of the code that a run was made with."""
    code = b"".join(Path(module.__file__ or "").read_bytes() for module in (matching, stability))
    return f"deferred acceptance 2, code {hashlib.sha256(code).hexdigest()[:12]}"


def result_of(found: Matching[str, str]) -> dict[str, Any]:
    """What a round keeps of its matching."""
    return {"pairs": found.pairs, "blocking_pairs": len(found.blocking_pairs())}


def reruns_identically(made: SelectionRound | WhatIf, found: Matching[str, str] | None = None) -> bool:
    """Whether the saved inputs, run again now, give the saved result byte for byte."""
    again = result_of(found or matching_of(made.inputs))
    return canonical(again) == canonical(made.result) and digest(made.inputs) == made.inputs_hash


@dataclass(frozen=True, slots=True)
class StreamResult:
    """One stream's scholars-to-be in its own order, and how many of its seats they fill.

    missing: how many more it needs to run, by its minimum.
    """

    stream: Stream
    seats: int
    rows: list[RoundRow]
    missing: int

    @property
    def note(self) -> str:
        """How full it is: "3 of 4 seats"."""
        return f"{len(self.rows)} of {self.seats} free seats"


@dataclass(frozen=True, slots=True)
class Result:
    """The whole round for one reader. hidden: rows left out because the reader declared a tie.

    blocking: who would both rather have each other, because a decision put somebody elsewhere.
    """

    streams: list[StreamResult]
    unmatched: list[tuple[Application, list[str]]]
    blocking: list[tuple[Application, str]]
    matched: int
    first_choices: int
    hidden: int
    is_reproduced: bool
    has_ties: bool


def result_for(made: SelectionRound, person: Any) -> Result:
    """The round in words, in four queries whatever its size."""
    found = matching_of(made.inputs)
    wanted = {code for ranking in made.inputs["rankings"].values() for code in ranking}
    named = set(found.pairs) | wanted
    applications = applications_by_code(made.cohort_id, named, person)
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort=made.cohort_id)}
    explain, taken, short = Explainer(found, streams), found.taken(), found.short()
    results = [
        StreamResult(
            stream=stream,
            seats=made.inputs["seats"][code],
            rows=[explain.row(applications[one], code) for one in taken[code] if one in applications],
            missing=short.get(code, 0),
        )
        for code, stream in sorted(streams.items(), key=lambda pair: pair[1].name)
        if code in taken
    ]
    unmatched = [(one, explain.reasons(code)) for code, one in applications.items() if code not in found.pairs]
    blocking = [(applications[a], explain.name(s)) for a, s in found.blocking_pairs() if a in applications]
    return Result(
        streams=results,
        unmatched=sorted(unmatched, key=lambda pair: pair[0].person.name),
        blocking=sorted(blocking, key=lambda pair: (pair[0].person.name, pair[1])),
        matched=len(found.pairs),
        first_choices=first_choices(found),
        hidden=len(named) - len(applications),
        is_reproduced=reruns_identically(made, found),
        has_ties=bool(made.inputs.get("tiers")),
    )


def first_choices(found: Matching[str, str]) -> int:
    """How many got the stream they like best."""
    return sum(1 for code, stream in found.pairs.items() if found.preferences[code][0] == stream)


def applications_by_code(cohort: int, codes: Collection[str], person: Any) -> dict[str, Application]:
    """The applications of these codes that the person may see, with whose they are."""
    visible = Application.objects.filter(cohort=cohort, code__in=codes).exclude(pk__in=conflicted_applications(person))
    return {one.code: one for one in visible.select_related("person", "cohort").defer("search")}


def is_current(made: SelectionRound | WhatIf, inputs: dict[str, Any]) -> bool:
    """Whether the round was run on what is true now."""
    return digest(inputs) == made.inputs_hash


def rounds_of(cohort: Cohort) -> list[SelectionRound]:
    """The cohort's rounds, newest first, without the weight of their inputs."""
    rows = SelectionRound.objects.filter(cohort=cohort).select_related("made_by", "cohort").defer("inputs")
    return list(rows.order_by("-number")[:50])
