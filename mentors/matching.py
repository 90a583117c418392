"""Who works with whom: applicant-proposing deferred acceptance. Pure: plain data in, plain data out.

Gale and Shapley, "College Admissions and the Stability of Marriage" (American Mathematical Monthly 69, 1962): nobody
can do better by misreporting the order of their streams, and no stream and applicant would both rather have
each other (`stability.py` says exactly what that means here).

*Ties.* A stream may like several applicants equally. Every applicant draws one number from the run's seed, the
same for all streams, and ties go by it. One draw for all, rather than one for each stream, gives results that are
better for applicants and keeps honesty safe: Abdulkadiroğlu, Pathak and Roth, "Strategy-proofness versus
Efficiency in Matching with Indifferences" (American Economic Review 99, 2009).

*Shared seats and the ceiling.* Streams that share seats are a pool with a cap; pools nest or are disjoint, and the
cohort is the outermost. When more are held than a pool has seats, the stream that holds most in it gives up its
last (of equals the one named later), so seats are spread evenly. Kamada and Kojima (American Economic Review 105,
2015) prove that for disjoint regions applicants still lose nothing by being honest; "Stability and
Strategy-proofness for Matching with Constraints" (Journal of Economic Theory 177, 2018) that caps which nest are
exactly those for which it holds.

*Fixed pairs* hold their seats before anybody proposes. *Minimum seats* are reported, never enforced: a stable result
that fills them need not exist (Biró, Fleiner, Irving and Manlove, "The College Admissions Problem with Lower and
Common Quotas", Theoretical Computer Science 411, 2010).
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, Generic

from mentors.stability import A, Matching, Outcome, Pool, S, Why

__all__ = ["Matching", "Outcome", "Pool", "Why", "drawn_number", "match"]


def match(
    preferences: Mapping[A, Sequence[S]],
    rankings: Mapping[S, Sequence[A]],
    seats: Mapping[S, int],
    *,
    cohort_seats: int | None = None,
    tiers: Mapping[S, Sequence[int]] | None = None,
    seed: str = "",
    pools: Sequence[Pool[S]] = (),
    fixed: Mapping[A, S] | None = None,
    minimum: Mapping[S, int] | None = None,
) -> Matching[A, S]:
    """Match applicants to streams.

    preferences: each applicant's streams, best first; rankings: each stream's
    applicants that it would take, best first; seats: each stream's places, in an
    order that also settles ties under a ceiling; cohort_seats: the ceiling over
    all streams; tiers: for each place of a ranking the number of its tier, which never falls; seed: what
    ties are drawn by; pools: streams that share seats; fixed: pairs decided beforehand;
    minimum: how many a stream needs, to be reported. A stream without seats, and an
    applicant whom the stream did not rank, are passed over. The answer is the same for the same input, always.
    Raises `ValueError` when a list names somebody twice, tiers do not fit their ranking,
    pools overlap without nesting, or more pairs are fixed than there are seats.
    """
    fixed, tiers = dict(fixed or {}), dict(tiers or {})
    rankings = _settled(rankings, tiers, seed)
    places = _places(preferences, rankings)
    nested = sorted(pools, key=lambda pool: len(pool.streams))
    desk = _Desk(rankings, places, seats, [*nested, *_cohort(seats, cohort_seats)], _fixed(fixed, preferences, seats))
    waiting = [applicant for applicant in preferences if applicant not in fixed][::-1]
    progress = dict.fromkeys(waiting, 0)
    while waiting:
        applicant = waiting.pop()
        stream = _propose(applicant, preferences[applicant], progress, places, desk.room)
        if stream is not None:
            desk.hold(applicant, stream, waiting)
    pairs = fixed | {rankings[stream][-place]: stream for stream, heap in desk.held.items() for place in heap}
    ordered = {applicant: pairs[applicant] for applicant in preferences if applicant in pairs}
    return Matching(
        ordered, preferences, rankings, seats, cohort_seats, places, tiers, nested, fixed, dict(minimum or {})
    )


def drawn_number(seed: str, applicant: object) -> str:
    """What an applicant draws: the SHA-256 of seed and applicant, the lower the better."""
    return hashlib.sha256(f"{seed}:{applicant}".encode()).hexdigest()


def _settled(rankings: Mapping[S, Sequence[A]], tiers: Mapping[S, Sequence[int]], seed: str) -> Mapping[S, Sequence[A]]:
    """The rankings without ties: within a tier by the number drawn."""
    settled = dict(rankings)
    for stream, numbers in tiers.items():
        order = rankings.get(stream, ())
        if len(numbers) != len(order) or any(after < before for before, after in pairwise(numbers)):
            raise ValueError("The tiers of a ranking do not fit it.")
        settled[stream] = [
            applicant
            for _, tier in groupby(zip(numbers, order, strict=True), key=lambda pair: pair[0])
            for applicant in sorted((one for _, one in tier), key=lambda one: drawn_number(seed, one))
        ]
    return settled


def _places(preferences: Mapping[A, Sequence[S]], rankings: Mapping[S, Sequence[A]]) -> dict[S, dict[A, int]]:
    """Each stream's applicants with their places from 0; refuses a list with a name in it twice."""
    for listed in preferences.values():
        if len(set(listed)) != len(listed):
            raise ValueError("A list of streams names one of them twice.")
    places = {stream: {applicant: place for place, applicant in enumerate(order)} for stream, order in rankings.items()}
    if any(len(places[stream]) != len(order) for stream, order in rankings.items()):
        raise ValueError("A ranking names an applicant twice.")
    return places


def _cohort(seats: Mapping[S, int], cohort_seats: int | None) -> list[Pool[S]]:
    """The outermost pool, if there is a ceiling."""
    return [] if cohort_seats is None else [Pool(tuple(seats), max(cohort_seats, 0))]


def _fixed(fixed: Mapping[A, S], preferences: Mapping[A, Any], seats: Mapping[S, int]) -> Counter[S]:
    """How many of each stream's seats are given by decision."""
    if not (set(fixed) <= set(preferences) and set(fixed.values()) <= set(seats)):
        raise ValueError("A fixed pair names an applicant or a stream that is not there.")
    return Counter(fixed.values())


def _propose(
    applicant: A,
    wishes: Sequence[S],
    progress: dict[A, int],
    places: Mapping[S, Mapping[A, int]],
    room: Mapping[S, int],
) -> S | None:
    """The next stream on the applicant's list that could take them, or None at its end."""
    at = progress[applicant]
    while at < len(wishes):
        stream = wishes[at]
        at += 1
        if room.get(stream, 0) > 0 and stream in places and applicant in places[stream]:
            progress[applicant] = at
            return stream
    progress[applicant] = at
    return None


class _Desk(Generic[A, S]):
    """Who is held where. Only pools that can bind are watched: each with a heap of its streams, fullest on top.

    room: seats less those given by decision; held: heaps of negated places, the worst on top.
    """

    def __init__(
        self,
        rankings: Mapping[S, Sequence[A]],
        places: Mapping[S, Mapping[A, int]],
        seats: Mapping[S, int],
        pools: Sequence[Pool[S]],
        given: Counter[S],
    ) -> None:
        self.rankings, self.places, self.given = rankings, places, given
        self.order = {stream: number for number, stream in enumerate(seats)}
        self.room = {stream: number - given[stream] for stream, number in seats.items()}
        self.held: dict[S, list[int]] = {stream: [] for stream in seats}
        self.caps = [pool.seats - sum(given[stream] for stream in pool.streams) for pool in pools]
        if min([0, *self.caps, *(self.room[stream] for stream in given)]) < 0:
            raise ValueError("More pairs are fixed than there are seats.")
        self.totals, self.fullest = [0] * len(pools), [[] for _ in pools]  # type: ignore[var-annotated]
        self.around = self._around(pools)

    def _around(self, pools: Sequence[Pool[S]]) -> dict[S, list[int]]:
        """For each stream the pools that it is in and that can bind, from the inside out."""
        for at, inner in enumerate(pools):
            for outer in pools[at + 1 :]:
                if set(inner.streams) & set(outer.streams) and not set(inner.streams) <= set(outer.streams):
                    raise ValueError("Two pools of seats overlap, and neither is within the other.")
        binding = [
            number
            for number, pool in enumerate(pools)
            if self.caps[number] < sum(max(self.room.get(stream, 0), 0) for stream in pool.streams)
        ]
        return {stream: [number for number in binding if stream in pools[number].streams] for stream in self.held}

    def hold(self, applicant: A, stream: S, waiting: list[A]) -> None:
        """Hold an applicant, and put whoever has to go for it back among the waiting."""
        heap = self.held[stream]
        if len(heap) >= self.room[stream]:
            waiting.append(self.rankings[stream][-heapq.heappushpop(heap, -self.places[stream][applicant])])
            return
        heapq.heappush(heap, -self.places[stream][applicant])
        around = self.around[stream]
        if not around:
            return
        self._count(stream, 1)
        for number in around:
            if self.totals[number] > self.caps[number]:
                loser = self._fullest(number)
                waiting.append(self.rankings[loser][-heapq.heappop(self.held[loser])])
                self._count(loser, -1)
                return

    def _count(self, stream: S, change: int) -> None:
        """Tell the pools around a stream that it holds one more, or one less."""
        held = len(self.held[stream])
        for number in self.around[stream]:
            self.totals[number] += change
            if held:
                entry = (-held - self.given[stream], -self.order[stream], stream)
                heapq.heappush(self.fullest[number], entry)

    def _fullest(self, number: int) -> S:
        """The stream of the pool that holds most, of equals the one named last; entries that are out of date go."""
        heap = self.fullest[number]
        while True:
            count, _, stream = heap[0]
            held = len(self.held[stream])
            if held and held + self.given[stream] == -count:
                found: S = stream
                return found
            heapq.heappop(heap)
