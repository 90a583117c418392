"""Who works with whom: applicant-proposing deferred acceptance. Pure: plain data in, plain data out.

Gale and Shapley, "College Admissions and the Stability of Marriage" (American
Mathematical Monthly 69, 1962): nobody can do better by misreporting the order of
their streams, and no stream and applicant would both rather have each other.

The ceiling over all streams follows Kamada and Kojima, "Efficient Matching under
Distributional Constraints" (American Economic Review 105, 2015), with the whole cohort
as the one region: when more are held than the cohort has seats, the stream
that holds most gives up its last (of equals the one named later), so seats
are spread evenly and applicants still lose nothing by being honest.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

A = TypeVar("A", bound=Hashable)
S = TypeVar("S", bound=Hashable)


class Outcome(StrEnum):
    """Why an applicant is, or is not, with a stream."""

    MATCHED = "matched"
    NOT_CHOSEN = "not chosen"  # the applicant did not name the stream
    NOT_RANKED = "not ranked"  # the stream did not put the applicant above its bar
    PREFERRED_ANOTHER = "preferred another"  # the applicant got a stream they like better
    OUTRANKED = "outranked"  # the seats went to applicants the stream likes better
    NO_SEAT = "no seat"  # the stream had no seat to give
    CEILING = "ceiling"  # the cohort as a whole was full


@dataclass(frozen=True, slots=True)
class Why(Generic[S]):
    """The reason, with the facts that a sentence needs.

    choice and rank count from 1: the stream's place in the applicant's list, and the
    applicant's place in the stream's; last_taken: the lowest place that got a seat.
    """

    outcome: Outcome
    got: S | None = None
    choice: int | None = None
    rank: int | None = None
    last_taken: int | None = None


@dataclass(frozen=True)
class Matching(Generic[A, S]):
    """A stable matching and what it was made from."""

    pairs: dict[A, S]
    preferences: Mapping[A, Sequence[S]]
    rankings: Mapping[S, Sequence[A]]
    seats: Mapping[S, int]
    cohort_seats: int | None
    places: Mapping[S, Mapping[A, int]]

    @property
    def unmatched(self) -> list[A]:
        """The applicants without a stream, in the order they were given."""
        return [applicant for applicant in self.preferences if applicant not in self.pairs]

    def taken(self) -> dict[S, list[A]]:
        """Each stream's applicants, in the stream's own order."""
        taken: dict[S, list[A]] = {stream: [] for stream in self.seats}
        for applicant, stream in self.pairs.items():
            taken[stream].append(applicant)
        for stream, applicants in taken.items():
            applicants.sort(key=self.places.get(stream, {}).__getitem__)
        return taken

    def blocking_pairs(self) -> list[tuple[A, S]]:
        """Pairs who would both rather have each other than what they got. Empty, if the matching is stable.

        A seat that only the cohort's ceiling keeps empty blocks nothing.
        """
        taken = self.taken()
        is_full = self.cohort_seats is not None and len(self.pairs) >= self.cohort_seats
        return [
            (applicant, stream)
            for applicant in self.preferences
            for stream in self._rather(applicant)
            if self._would_take(stream, applicant, taken.get(stream, []), is_full=is_full)
        ]

    def _rather(self, applicant: A) -> Iterator[S]:
        for stream in self.preferences[applicant]:
            if stream == self.pairs.get(applicant):
                return
            if applicant in self.places.get(stream, {}):
                yield stream

    def _would_take(self, stream: S, applicant: A, held: list[A], *, is_full: bool) -> bool:
        if held and self.places[stream][held[-1]] > self.places[stream][applicant]:
            return True
        return len(held) < self.seats.get(stream, 0) and not is_full

    def why(self, applicant: A, stream: S) -> Why[S]:
        """Why this applicant is, or is not, with this stream."""
        got = self.pairs.get(applicant)
        wishes = list(self.preferences.get(applicant, ()))
        choice = wishes.index(stream) + 1 if stream in wishes else None
        place = self.places.get(stream, {}).get(applicant)
        held = [self.places[stream][other] for other, own in self.pairs.items() if own == stream]
        return Why(
            outcome=self._outcome(wishes, stream, got, place, held),
            got=got,
            choice=choice,
            rank=None if place is None else place + 1,
            last_taken=max(held) + 1 if held else None,
        )

    def _outcome(self, wishes: list[S], stream: S, got: S | None, place: int | None, held: list[int]) -> Outcome:
        if got is not None and got == stream:
            return Outcome.MATCHED
        if stream not in wishes:
            return Outcome.NOT_CHOSEN
        if got is not None and wishes.index(got) < wishes.index(stream):
            return Outcome.PREFERRED_ANOTHER
        if place is None:
            return Outcome.NOT_RANKED
        if self.seats.get(stream, 0) <= 0:
            return Outcome.NO_SEAT
        return Outcome.OUTRANKED if len(held) >= self.seats.get(stream, 0) else Outcome.CEILING


def match(
    preferences: Mapping[A, Sequence[S]],
    rankings: Mapping[S, Sequence[A]],
    seats: Mapping[S, int],
    *,
    cohort_seats: int | None = None,
) -> Matching[A, S]:
    """Match applicants to streams.

    preferences: each applicant's streams, best first; rankings: each stream's
    applicants that it would take, best first; seats: each stream's places, in an
    order that also settles ties under the ceiling; cohort_seats: the ceiling over
    all streams. A stream without seats, and an applicant whom the stream did not rank,
    are passed over. The answer is the same for the same input, always.
    Raises `ValueError` when a list names somebody twice.
    """
    places = _places(preferences, rankings)
    order = {stream: number for number, stream in enumerate(seats)}
    held: dict[S, list[int]] = {stream: [] for stream in seats}  # heaps of negated places: the worst on top
    waiting = list(preferences)[::-1]
    progress = dict.fromkeys(preferences, 0)
    fullest: list[tuple[int, int, S]] = []  # when the ceiling binds: a heap, its stale entries passed over
    total = 0
    ceiling = _binding(seats, cohort_seats)
    while waiting:
        applicant = waiting.pop()
        stream = _propose(applicant, preferences[applicant], progress, places, seats)
        if stream is None:
            continue
        heap = held[stream]
        heapq.heappush(heap, -places[stream][applicant])
        total += 1
        loser: S | None = stream if len(heap) > seats[stream] else None
        if ceiling is not None and loser is None:
            heapq.heappush(fullest, (-len(heap), -order[stream], stream))
            loser = _fullest(fullest, held) if total > ceiling else None
        if loser is not None:
            waiting.append(rankings[loser][-heapq.heappop(held[loser])])
            total -= 1
            if ceiling is not None:
                heapq.heappush(fullest, (-len(held[loser]), -order[loser], loser))
    pairs = {rankings[stream][-place]: stream for stream, heap in held.items() for place in heap}
    ordered = {applicant: pairs[applicant] for applicant in preferences if applicant in pairs}
    return Matching(ordered, preferences, rankings, seats, cohort_seats, places)


def _places(preferences: Mapping[A, Sequence[S]], rankings: Mapping[S, Sequence[A]]) -> dict[S, dict[A, int]]:
    """Each stream's applicants with their places from 0; refuses a list with a name in it twice."""
    for listed in preferences.values():
        if len(set(listed)) != len(listed):
            raise ValueError("A list of streams names one of them twice.")
    places = {stream: {applicant: place for place, applicant in enumerate(order)} for stream, order in rankings.items()}
    if any(len(places[stream]) != len(order) for stream, order in rankings.items()):
        raise ValueError("A ranking names an applicant twice.")
    return places


def _binding(seats: Mapping[S, int], cohort_seats: int | None) -> int | None:
    """The ceiling if it can bind at all, else None."""
    if cohort_seats is None or cohort_seats >= sum(max(number, 0) for number in seats.values()):
        return None
    return max(cohort_seats, 0)


def _propose(
    applicant: A,
    wishes: Sequence[S],
    progress: dict[A, int],
    places: Mapping[S, Mapping[A, int]],
    seats: Mapping[S, int],
) -> S | None:
    """The next stream on the applicant's list that could take them, or None at its end."""
    at = progress[applicant]
    while at < len(wishes):
        stream = wishes[at]
        at += 1
        if seats.get(stream, 0) > 0 and stream in places and applicant in places[stream]:
            progress[applicant] = at
            return stream
    progress[applicant] = at
    return None


def _fullest(fullest: list[tuple[int, int, S]], held: Mapping[S, list[int]]) -> S:
    """The stream that holds most; of equals the one named last."""
    while True:
        count, _, stream = fullest[0]
        if len(held[stream]) == -count:
            return stream
        heapq.heappop(fullest)
