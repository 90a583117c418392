"""What reviewers make of applications: the hidden quality, seen through leniency and noise."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.simulation.shapes import dice
from demo.simulation.words import REVIEW_REMARKS

LENIENCY = 0.45  # standard deviation between reviewers, in points of the 1–5 scale
NOISE = 0.55
CENTRE, SPREAD = 2.9, 0.75


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's scores of one application; unfinished ones may lack some."""

    application: str
    reviewer: str
    scores: Mapping[str, int]
    comment: str
    is_finished: bool


def simulate_reviews(
    seed: int,
    assigned: Sequence[tuple[str, str]],
    quality: Mapping[str, float],
    criteria: Sequence[str],
    progress: float = 1.0,
    waiting: Mapping[str, int] | None = None,
) -> list[Review]:
    """Reviews of (application, reviewer) pairs, as far as they have come.

    progress: the share of each reviewer's pairs that is done; `waiting` names reviewers who
    have exactly so many left. Of what is left, one is half scored and the rest not begun.
    """
    found: list[Review] = []
    for reviewer in sorted({who for _, who in assigned}):
        chance = dice(seed, f"reviews of {reviewer}")
        leniency = chance.gauss(0, LENIENCY)
        mine = sorted(key for key, who in assigned if who == reviewer)
        chance.shuffle(mine)
        left = (waiting or {}).get(reviewer, round(len(mine) * (1 - progress) * chance.uniform(0.5, 1.5)))
        done = max(0, len(mine) - left)
        for number, key in enumerate(mine[: done + 1 if left else done]):
            is_finished = number < done
            scores = _scores(chance, quality.get(key, 0.0) * SPREAD + CENTRE + leniency, criteria)
            if not is_finished:
                scores = dict(list(scores.items())[:2])
            comment = _comment(chance, scores) if is_finished else ""
            found.append(Review(key, reviewer, scores, comment, is_finished))
    return found


def _scores(chance: random.Random, level: float, criteria: Sequence[str]) -> dict[str, int]:
    return {key: min(5, max(1, round(level + chance.gauss(0, NOISE)))) for key in criteria}


def _comment(chance: random.Random, scores: Mapping[str, int]) -> str:
    """Most reviewers write a sentence or two; some write nothing."""
    if chance.random() < 0.3:
        return ""
    mean = sum(scores.values()) / len(scores)
    band = "high" if mean >= 3.8 else "low" if mean < 2.6 else "middle"
    return " ".join(chance.sample(REVIEW_REMARKS[band], chance.choice((1, 1, 2))))
