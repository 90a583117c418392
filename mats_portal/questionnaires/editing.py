"""A list of questions with one of them added, changed, moved or removed. Plain data."""

from __future__ import annotations

from collections.abc import Sequence

from mats_portal.questionnaires.specs import QuestionSpec


def new_key(specs: Sequence[QuestionSpec]) -> str:
    """A key that no question has: q1, q2 …"""
    taken = {spec.key for spec in specs}
    return next(key for number in range(1, len(taken) + 2) if (key := f"q{number}") not in taken)


def with_question(specs: Sequence[QuestionSpec], question: QuestionSpec) -> list[QuestionSpec]:
    """With the question in the place of the one of its key, or added: at the end of its section, or of all."""
    if any(spec.key == question.key for spec in specs):
        return [question if spec.key == question.key else spec for spec in specs]
    same = [place for place, spec in enumerate(specs) if spec.section == question.section]
    place = same[-1] + 1 if same else len(specs)
    return [*specs[:place], question, *specs[place:]]


def without_question(specs: Sequence[QuestionSpec], key: str) -> list[QuestionSpec]:
    """Without the question of that key."""
    return [spec for spec in specs if spec.key != key]


def moved(specs: Sequence[QuestionSpec], key: str, step: int) -> list[QuestionSpec]:
    """With the question one place up (step −1) or down (+1); at the ends everything stays."""
    places = [spec.key for spec in specs]
    if key not in places or not 0 <= places.index(key) + step < len(specs):
        return list(specs)
    found, place = list(specs), places.index(key)
    found[place], found[place + step] = found[place + step], found[place]
    return found
