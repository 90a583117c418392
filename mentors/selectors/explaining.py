"""The reasons of a matching in words, for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mentors.matching import Matching, Outcome, Why

# What is said of one stream to whoever asks why (not); {got}: the stream they got instead.
SENTENCES: dict[Outcome, str] = {
    Outcome.MATCHED: "choice {choice}, place {rank} there.",
    Outcome.FIXED: "by decision; choice {choice}, {place}.",
    Outcome.FIXED_ELSEWHERE: "a decision put them with {got}.",
    Outcome.NOT_CHOSEN: "not on the applicant’s list.",
    Outcome.NOT_RANKED: "not ranked above its bar.",
    Outcome.PREFERRED_ANOTHER: "got {got}, which they like better.",
    Outcome.OUTRANKED: "place {rank} there; its seats went as far as place {last_taken}.",
    Outcome.DRAWN: "place {rank} there, level with the last it took; the draw put others first.",
    Outcome.NO_SEAT: "has no free seat.",
    Outcome.GIVEN: "place {rank} there; its seats were given by decision.",
    Outcome.SHARED: "place {rank} there, but the seats that it shares were filled.",
    Outcome.CEILING: "place {rank} there, but all seats of the cohort were filled.",
}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One applicant in the result; `reasons` tell of each stream they would rather have had. rank 0: not ranked."""

    application: Application
    choice: int
    choices: int
    rank: int
    reasons: list[str]
    is_fixed: bool


class Explainer:
    """Puts the reasons of one matching into words."""

    def __init__(self, matching: Matching[str, str], streams: Mapping[str, Stream]) -> None:
        self.matching, self.streams = matching, streams

    def name(self, stream: str | None) -> str:
        """The stream's name, also when it is gone."""
        found = self.streams.get(stream or "")
        return found.name if found else "a stream that is gone"

    def row(self, application: Application, stream: str) -> RoundRow:
        """A matched applicant, with why not each stream they like better."""
        why = self.matching.why(application.code, stream)
        wishes = self.matching.preferences[application.code]
        reasons = self.reasons(application.code, before=stream)
        is_fixed = why.outcome == Outcome.FIXED
        return RoundRow(application, why.choice or 0, len(wishes), why.rank or 0, reasons, is_fixed)

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
        place = "not ranked there" if why.rank is None else f"place {why.rank} there"
        facts = {"choice": why.choice, "rank": why.rank, "last_taken": why.last_taken}
        return f"{self.name(stream)}: " + SENTENCES[why.outcome].format(**facts, place=place, got=self.name(why.got))
