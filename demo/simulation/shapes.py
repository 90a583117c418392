"""What the simulation takes and gives."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

# Of 60 scholars, by what they had reached; the published shares of one summer (30 % students,
# 88 % with a Bachelor's degree or more) come out of these counts.
SIXTY_BY_EDUCATION: Mapping[str, int] = {
    "undergraduate": 6,
    "no_degree": 1,
    "bachelor": 19,
    "masters_student": 6,
    "master": 14,
    "phd_student": 6,
    "phd": 2,
    "postdoc": 6,
}
SIXTY = sum(SIXTY_BY_EDUCATION.values())


@dataclass(frozen=True, slots=True)
class Applied:
    """One complete application, as far as the simulation cares. `streams` are names, best first."""

    key: str
    education: str
    streams: tuple[str, ...]
    words: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is wanted where, and how it ends.

    first: the stream of each person who gets an offer at once; leavers: those of them who
    decline or let the offer lapse; called: who moves up, by stream; rankings: each stream's
    list, best first; bar: how many of the list the mentor would take; quality: the hidden
    truth that reviewers see through noise.
    """

    first: Mapping[str, str]
    declined: tuple[str, ...]
    lapsed: tuple[str, ...]
    called: Mapping[str, str]
    rankings: Mapping[str, tuple[str, ...]]
    bar: Mapping[str, int]
    quality: Mapping[str, float] = field(repr=False, default_factory=dict)

    @property
    def leavers(self) -> tuple[str, ...]:
        """Those who were offered a seat at first and did not take it."""
        return self.declined + self.lapsed

    @property
    def scholars(self) -> dict[str, str]:
        """The stream of each person who accepts in the end."""
        staying = {key: stream for key, stream in self.first.items() if key not in self.leavers}
        return staying | {key: stream for stream, key in self.called.items()}


def dice(seed: int, topic: str) -> random.Random:
    """Independent chance for each topic, so that adding one topic leaves the others as they were."""
    return random.Random(f"{seed}:{topic}")  # noqa: S311 (nothing here is a secret)


def in_proportion(counts: Mapping[str, int], total: int) -> dict[str, int]:
    """The counts scaled to the total, in whole numbers (largest remainders)."""
    whole = sum(counts.values())
    exact = {name: count * total / whole for name, count in counts.items()}
    found = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (found[name] - exact[name], name))
    for name in by_remainder[: total - sum(found.values())]:
        found[name] += 1
    return found
