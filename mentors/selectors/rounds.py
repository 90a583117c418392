"""A saved round, retold: who is with whom, who is not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mentors.matching import Matching, Outcome, Why, match
from mentors.models import SelectionRound
from mentors.selectors.offers import canonical, digest
from mentors.selectors.reviewing import conflicted_applications


def matching_of(inputs: dict[str, Any]) -> Matching[str, str]:
    """Run the matching on a round's inputs. Codes in their own order settle what the rules leave open."""
    preferences = {code: inputs["preferences"][code] for code in sorted(inputs["preferences"])}
    seats = {code: inputs["seats"][code] for code in sorted(inputs["seats"])}
    return match(preferences, inputs["rankings"], seats, cohort_seats=inputs["cohort_seats"])


def result_of(matching: Matching[str, str]) -> dict[str, Any]:
    """What a round keeps of its matching."""
    return {"pairs": matching.pairs, "blocking_pairs": len(matching.blocking_pairs())}


def reruns_identically(made: SelectionRound, matching: Matching[str, str] | None = None) -> bool:
    """Whether the saved inputs, run again now, give the saved result byte for byte."""
    again = result_of(matching or matching_of(made.inputs))
    return canonical(again) == canonical(made.result) and digest(made.inputs) == made.inputs_hash


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One applicant in the result; `reasons` tell of each stream they would rather have had."""

    application: Application
    choice: int
    choices: int
    rank: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class StreamResult:
    """One stream's scholars-to-be in its own order, and how many of its seats they fill."""

    stream: Stream
    seats: int
    rows: list[RoundRow]

    @property
    def note(self) -> str:
        """How full it is: "3 of 4 seats"."""
        return f"{len(self.rows)} of {self.seats} free seats"


@dataclass(frozen=True, slots=True)
class Result:
    """The whole round for one reader. hidden: rows left out because the reader declared a tie."""

    streams: list[StreamResult]
    unmatched: list[tuple[Application, list[str]]]
    matched: int
    first_choices: int
    hidden: int
    is_reproduced: bool


def result_for(made: SelectionRound, person: Any) -> Result:
    """The round in words, in four queries whatever its size."""
    matching = matching_of(made.inputs)
    wanted = {code for ranking in made.inputs["rankings"].values() for code in ranking}
    named = set(matching.pairs) | wanted
    visible = (
        Application.objects.filter(cohort=made.cohort_id, code__in=named)
        .exclude(pk__in=conflicted_applications(person))
        .select_related("person", "cohort")
    )
    applications = {application.code: application for application in visible.defer("search")}
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort=made.cohort_id)}
    explain = _Explainer(matching, streams)
    taken = matching.taken()
    return Result(
        streams=[
            StreamResult(
                stream,
                made.inputs["seats"][code],
                [explain.row(applications[one], code) for one in taken[code] if one in applications],
            )
            for code, stream in sorted(streams.items(), key=lambda pair: pair[1].name)
            if code in taken
        ],
        unmatched=sorted(
            ((applications[code], explain.reasons(code)) for code in applications if code not in matching.pairs),
            key=lambda pair: pair[0].person.name,
        ),
        matched=len(matching.pairs),
        first_choices=sum(1 for code, stream in matching.pairs.items() if matching.preferences[code][0] == stream),
        hidden=len(named) - len(applications),
        is_reproduced=reruns_identically(made, matching),
    )


def is_current(made: SelectionRound, inputs: dict[str, Any]) -> bool:
    """Whether the round was run on what is true now."""
    return digest(inputs) == made.inputs_hash


class _Explainer:
    """Puts the reasons of one matching into words."""

    def __init__(self, matching: Matching[str, str], streams: dict[str, Stream]) -> None:
        self.matching, self.streams = matching, streams

    def row(self, application: Application, stream: str) -> RoundRow:
        """A matched applicant, with why not each stream they like better."""
        why = self.matching.why(application.code, stream)
        wishes = self.matching.preferences[application.code]
        return RoundRow(
            application, why.choice or 0, len(wishes), why.rank or 0, self.reasons(application.code, before=stream)
        )

    def reasons(self, applicant: str, before: str = "") -> list[str]:
        """One sentence for each stream on the applicant's list, as far as the one they got."""
        sentences = []
        for stream in self.matching.preferences.get(applicant, ()):
            if stream == before:
                break
            sentences.append(self.sentence(self.matching.why(applicant, stream), stream))
        return sentences

    def sentence(self, why: Why[str], stream: str) -> str:
        """Why (not), for staff."""
        name = self.streams[stream].name if stream in self.streams else "a stream that is gone"
        match why.outcome:
            case Outcome.OUTRANKED:
                return f"{name}: place {why.rank} there; its seats went as far as place {why.last_taken}."
            case Outcome.NOT_RANKED:
                return f"{name}: not ranked above its bar."
            case Outcome.NO_SEAT:
                return f"{name}: has no free seat."
            case Outcome.CEILING:
                return f"{name}: place {why.rank} there, but all seats of the cohort were filled."
            case Outcome.PREFERRED_ANOTHER:
                return f"{name}: got {self.streams[str(why.got)].name}, which they like better."
            case Outcome.NOT_CHOSEN:
                return f"{name}: not on the applicant’s list."
            case _:
                return f"{name}: choice {why.choice}, place {why.rank} there."


def rounds_of(cohort: Cohort) -> list[SelectionRound]:
    """The cohort's rounds, newest first, without the weight of their inputs."""
    rows = SelectionRound.objects.filter(cohort=cohort).select_related("made_by", "cohort").defer("inputs")
    return list(rows.order_by("-number")[:50])
