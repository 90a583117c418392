"""What scholars do once they have started: plans, comments, support, switches."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.simulation.shapes import SIXTY, dice
from demo.simulation.words import COMMENTS, SUPPORT, fill_plan

LATE_OF_SIXTY, MISSING_OF_SIXTY = 3, 1
SWITCHES_OF_SIXTY = 4
NO_SUPPORT_SHARE = 0.2
SESSIONS_A_MONTH = 1.5
SWITCH_REASONS = (
    "Interests diverged; both mentors agree.",
    "The first project ended early; the new stream has the closest question.",
    "The mentor has less time than planned this month.",
    "Interests diverged after the second week.",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A scholar's plan. `hours`: when it was sent, after the deadline (before it if negative); None: never."""

    scholar: str
    hours: float | None
    threat_model: str
    theory_of_change: str
    plan_of_action: str
    disagreement: str
    outputs: tuple[tuple[str, int], ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """A scholar goes over to another stream, `day` days into the in-person phase."""

    scholar: str
    to_stream: str
    day: int
    reason: str


@dataclass(frozen=True, slots=True)
class Session:
    """One request for support and what was noted, `day` days into the in-person phase."""

    scholar: str
    kind: str
    day: int
    text: str
    note: str


def simulate_plans(seed: int, scholars: Mapping[str, str], agendas: Mapping[str, str]) -> list[Plan]:
    """A plan for each scholar: of sixty, three late by one to three days, one missing, the rest on time."""
    chance = dice(seed, "plans")
    keys = sorted(scholars)
    late, missing = (_of_sixty(part, len(keys)) for part in (LATE_OF_SIXTY, MISSING_OF_SIXTY))
    unlucky = chance.sample(keys, late + missing)
    found = []
    for key in keys:
        hours: float | None = -min(240.0, 0.5 + chance.expovariate(1 / 70))
        if key in unlucky[:late]:
            hours = round(chance.uniform(3, 71), 1)
        elif key in unlucky[late:]:
            hours = None
        found.append(_plan(chance, key, hours, agendas.get(scholars[key], "") or scholars[key]))
    return found


def _plan(chance: random.Random, scholar: str, hours: float | None, agenda: str) -> Plan:
    text = fill_plan(chance, agenda)
    comments = tuple(chance.sample(COMMENTS, chance.choice((0, 1, 1, 2)))) if hours is not None else ()
    days = sorted(chance.sample(range(14, 60), len(text.outputs)))
    return Plan(
        scholar=scholar,
        hours=hours,
        threat_model=text.threat_model,
        theory_of_change=text.theory_of_change,
        plan_of_action=text.plan_of_action,
        disagreement=text.disagreement,
        outputs=tuple(zip(text.outputs, days, strict=True)),
        comments=comments,
    )


def simulate_switches(seed: int, scholars: Mapping[str, str], free: Mapping[str, int]) -> list[Switch]:
    """Of sixty scholars four change streams, each into a seat that is free or was just left."""
    chance = dice(seed, "switches")
    room = {name: seats for name, seats in sorted(free.items()) if seats > 0}
    staying = sorted(scholars)
    found: list[Switch] = []
    for number in range(_of_sixty(SWITCHES_OF_SIXTY, len(scholars))):
        able = [(key, name) for name, seats in room.items() if seats for key in staying if scholars[key] != name]
        if not able:
            break
        key, to_stream = chance.choice(able)
        staying.remove(key)
        room[to_stream] -= 1
        room[scholars[key]] = room.get(scholars[key], 0) + 1
        found.append(Switch(key, to_stream, 12 + 5 * number, SWITCH_REASONS[number % len(SWITCH_REASONS)]))
    return found


def simulate_support(seed: int, scholars: Sequence[str], days: int) -> list[Session]:
    """Requests over the first `days` days: one and a half a month on average, none from a fifth of the scholars."""
    chance = dice(seed, "support")
    mean = SESSIONS_A_MONTH * days / 30 / (1 - NO_SUPPORT_SHARE)
    found = []
    quiet = set(chance.sample(sorted(scholars), round(len(scholars) * NO_SUPPORT_SHARE)))
    for key in sorted(scholars):
        if key not in quiet:
            count = max(1, min(14, round(chance.gammavariate(1.6, mean / 1.6))))
            for day in sorted(chance.sample(range(1, max(days, 2) + 14), count))[:count]:
                kind, (text, note) = chance.choice([(kind, pair) for kind, pairs in SUPPORT.items() for pair in pairs])
                found.append(Session(key, kind, min(day, days), text, note))
    return sorted(found, key=lambda one: (one.day, one.scholar))


def _of_sixty(part: int, number: int) -> int:
    """`part` of sixty, in a cohort of another size."""
    return round(part * number / SIXTY)
