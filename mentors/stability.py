"""A matching and what can be said of it: who blocks it, who got what, and why. Pure: plain data in, plain data out.

What "stable" means here. A pair of applicant and stream blocks a matching when the applicant would rather have the
stream and the stream either has a free seat or holds somebody it likes less. Where streams share seats, or the
cohort has a ceiling, a seat that a full pool keeps empty blocks nothing: the weak stability of Kamada and Kojima,
"Efficient Matching under Distributional Constraints" (American Economic Review 105, 2015). A fixed pair is a
decision, not a wish: what it makes blocking is told, and beside fixed pairs nothing blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import Generic, TypeVar

A = TypeVar("A", bound=Hashable)
S = TypeVar("S", bound=Hashable)


class Outcome(StrEnum):
    """Why an applicant is, or is not, with a stream."""

    MATCHED = "matched"
    FIXED = "fixed"  # a decision put them there
    FIXED_ELSEWHERE = "fixed elsewhere"  # a decision put the applicant with another stream
    NOT_CHOSEN = "not chosen"  # the applicant did not name the stream
    NOT_RANKED = "not ranked"  # the stream did not put the applicant above its bar
    PREFERRED_ANOTHER = "preferred another"  # the applicant got a stream they like better
    OUTRANKED = "outranked"  # the seats went to applicants the stream likes better
    DRAWN = "drawn"  # the stream likes them as much as the last it took; the draw decided
    NO_SEAT = "no seat"  # the stream had no seat to give
    GIVEN = "given"  # decisions gave all its seats away
    SHARED = "shared"  # the seats that the stream shares with others were full
    CEILING = "ceiling"  # the cohort as a whole was full


@dataclass(frozen=True, slots=True)
class Pool(Generic[S]):
    """Streams that share seats: together they take at most `seats`, whatever each of them could take."""

    streams: tuple[S, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Why(Generic[S]):
    """The reason, with the facts that a sentence needs.

    choice and rank count from 1: the stream's place in the applicant's list, and the
    applicant's place in the stream's; last_taken: the lowest place that got a seat
    without a decision; taken: how many are with the stream.
    """

    outcome: Outcome
    got: S | None = None
    choice: int | None = None
    rank: int | None = None
    last_taken: int | None = None
    taken: int = 0


@dataclass(frozen=True)
class Matching(Generic[A, S]):
    """A matching and what it was made from.

    rankings: without ties, as the draw settled them; places: each stream's applicants with their places from 0;
    tiers: for each place of a ranking the number of its tier, where a stream has ties; pools: inner ones first.
    """

    pairs: dict[A, S]
    preferences: Mapping[A, Sequence[S]]
    rankings: Mapping[S, Sequence[A]]
    seats: Mapping[S, int]
    cohort_seats: int | None
    places: Mapping[S, Mapping[A, int]]
    tiers: Mapping[S, Sequence[int]] = field(default_factory=dict)
    pools: Sequence[Pool[S]] = ()
    fixed: Mapping[A, S] = field(default_factory=dict)
    minimum: Mapping[S, int] = field(default_factory=dict)

    @property
    def unmatched(self) -> list[A]:
        """The applicants without a stream, in the order they were given."""
        return [applicant for applicant in self.preferences if applicant not in self.pairs]

    def taken(self) -> dict[S, list[A]]:
        """Each stream's applicants, in the stream's own order; last, those it did not rank and a decision put there."""
        taken: dict[S, list[A]] = {stream: [] for stream in self.seats}
        for applicant, stream in self.pairs.items():
            taken[stream].append(applicant)
        for stream, applicants in taken.items():
            own = self.places.get(stream, {})
            applicants.sort(key=lambda applicant, own=own: own.get(applicant, inf))  # type: ignore[misc]
        return taken

    def unfilled(self) -> dict[S, int]:
        """How many seats of each stream stay empty, where any do."""
        return {stream: n - self._counts[stream] for stream, n in self.seats.items() if n > self._counts[stream]}

    def short(self) -> dict[S, int]:
        """The streams that hold somebody, and fewer than their minimum; with how many are missing."""
        held = self._counts
        return {stream: n - held[stream] for stream, n in self.minimum.items() if 0 < held[stream] < n}

    def blocking_pairs(self) -> list[tuple[A, S]]:
        """Pairs who would both rather have each other than what they got.

        Empty for a result of `match` without fixed pairs; with them, each is one that a decision made.
        """
        worst = {stream: self._place(stream, held[-1]) for stream, held in self.taken().items() if held}
        return self._blocking(worst, self.preferences)

    def blocking_beside_fixed(self) -> list[tuple[A, S]]:
        """The blocking pairs that no fixed pair explains: none, for a result of `match`."""
        free = [applicant for applicant in self.preferences if applicant not in self.fixed]
        return self._blocking(self._last_places, free)

    def _blocking(
        self, worst: Mapping[S, float], applicants: Iterator[A] | Sequence[A] | Mapping[A, Sequence[S]]
    ) -> list[tuple[A, S]]:
        return [
            (applicant, stream)
            for applicant in applicants
            for stream in self._rather(applicant)
            if worst.get(stream, -1) > self.places[stream][applicant] or self._has_room(stream)
        ]

    def _place(self, stream: S, applicant: A) -> float:
        """The applicant's place from 0; after everybody for those whom the stream did not rank."""
        return self.places.get(stream, {}).get(applicant, inf)

    def _rather(self, applicant: A) -> Iterator[S]:
        """The streams that rank the applicant and that the applicant would rather have."""
        for stream in self.preferences[applicant]:
            if stream == self.pairs.get(applicant):
                return
            if applicant in self.places.get(stream, {}):
                yield stream

    def _has_room(self, stream: S) -> bool:
        """Whether the stream could take one more without giving anybody up."""
        return self._counts[stream] < self.seats.get(stream, 0) and self._full_pool(stream) is None

    def _full_pool(self, stream: S) -> Pool[S] | None:
        """The innermost full pool that the stream is in; the cohort is the outermost."""
        for pool in self.pools:
            if stream in pool.streams and sum(self._counts[other] for other in pool.streams) >= pool.seats:
                return pool
        if self.cohort_seats is not None and len(self.pairs) >= self.cohort_seats:
            return Pool(tuple(self.seats), self.cohort_seats)
        return None

    @cached_property
    def _counts(self) -> Counter[S]:
        return Counter(self.pairs.values())

    @cached_property
    def _last_places(self) -> dict[S, float]:
        """The lowest place, from 0, that got a seat of each stream without a decision."""
        last: dict[S, float] = {}
        for applicant, stream in self.pairs.items():
            if applicant not in self.fixed:
                last[stream] = max(last.get(stream, 0), self._place(stream, applicant))
        return last

    @cached_property
    def _fixed_counts(self) -> Counter[S]:
        return Counter(self.fixed.values())

    def why(self, applicant: A, stream: S) -> Why[S]:
        """Why this applicant is, or is not, with this stream."""
        wishes = list(self.preferences.get(applicant, ()))
        place, last = self.places.get(stream, {}).get(applicant), self._last_places.get(stream)
        return Why(
            outcome=self._outcome(applicant, wishes, stream),
            got=self.pairs.get(applicant),
            choice=wishes.index(stream) + 1 if stream in wishes else None,
            rank=None if place is None else place + 1,
            last_taken=None if last is None else int(last) + 1,
            taken=self._counts[stream],
        )

    def _outcome(self, applicant: A, wishes: list[S], stream: S) -> Outcome:
        got, is_fixed = self.pairs.get(applicant), applicant in self.fixed
        if got is not None and got == stream:
            return Outcome.FIXED if is_fixed else Outcome.MATCHED
        if stream not in wishes:
            return Outcome.NOT_CHOSEN
        if is_fixed:
            return Outcome.FIXED_ELSEWHERE
        if got is not None and wishes.index(got) < wishes.index(stream):
            return Outcome.PREFERRED_ANOTHER
        if applicant not in self.places.get(stream, {}):
            return Outcome.NOT_RANKED
        return self._refused(applicant, stream)

    def _refused(self, applicant: A, stream: S) -> Outcome:
        """Why a stream that would take the applicant has no seat for them."""
        seats = self.seats.get(stream, 0)
        if seats <= 0:
            return Outcome.NO_SEAT
        if self._counts[stream] < seats:
            pool = self._full_pool(stream)
            return Outcome.SHARED if pool in self.pools else Outcome.CEILING
        if self._fixed_counts[stream] >= seats:
            return Outcome.GIVEN
        tiers, last = self.tiers.get(stream), int(self._last_places[stream])
        is_level = tiers is not None and tiers[last] == tiers[self.places[stream][applicant]]
        return Outcome.DRAWN if is_level else Outcome.OUTRANKED
