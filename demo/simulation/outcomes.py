"""Where scholars went afterwards, and how we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.simulation.shapes import dice
from demo.simulation.words import ORGANISATIONS

RESPONSE = 0.46  # share who answer themselves
FOUND_BY_PROFILE = 0.6  # share of the others whose public profile says enough

# In ten thousand; by method, because what people say and what profiles show differ.
SELF_REPORTED: Mapping[str, int] = {
    "safety_staff": 2600,
    "safety_founder": 500,
    "safety_independent": 2700,
    "academia_safety": 1400,
    "industry_safety": 800,
    "policy": 300,
    "skill_building": 600,
    "studying": 560,
    "other": 400,
    "capabilities": 140,
}
BY_PROFILE: Mapping[str, int] = {
    "safety_staff": 3300,
    "safety_founder": 800,
    "safety_independent": 1500,
    "academia_safety": 1200,
    "industry_safety": 700,
    "policy": 500,
    "capabilities": 1000,
    "studying": 200,
    "other": 800,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one alumna or alumnus does, `day` days after the end; method: "self" or "profile"."""

    scholar: str
    category: str
    method: str
    organisation: str
    day: int


def simulate_outcomes(seed: int, scholars: Sequence[str]) -> list[Outcome]:
    """An outcome for those we know of; of the others, nothing."""
    chance = dice(seed, "outcomes")
    keys = chance.sample(sorted(scholars), len(scholars))
    answering = round(len(keys) * RESPONSE)
    found = []
    for number, key in enumerate(keys):
        shares = SELF_REPORTED if number < answering else BY_PROFILE
        if number >= answering and chance.random() > FOUND_BY_PROFILE:
            continue
        category = chance.choices(list(shares), list(shares.values()))[0]
        organisation = chance.choice(ORGANISATIONS.get(category, ("",)))
        method = "self" if number < answering else "profile"
        found.append(Outcome(key, category, method, organisation, chance.randrange(7, 40)))
    return sorted(found, key=lambda one: one.scholar)
