"""A list of questions with one of them added or changed. Plain data; `web.keyed` moves and removes."""

from __future__ import annotations

from collections.abc import Sequence

from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.web.keyed import replaced


def new_key(specs: Sequence[QuestionSpec]) -> str:
    """A key that no question has: q1, q2 …"""
    taken = {spec.key for spec in specs}
    return next(key for number in range(1, len(taken) + 2) if (key := f"q{number}") not in taken)


def with_question(specs: Sequence[QuestionSpec], question: QuestionSpec) -> list[QuestionSpec]:
    """With the question in the place of the one of its key, or added: at the end of its section, or of all."""
    if any(spec.key == question.key for spec in specs):
        return replaced(specs, question)
    same = [place for place, spec in enumerate(specs) if spec.section == question.section]
    place = same[-1] + 1 if same else len(specs)
    return [*specs[:place], question, *specs[place:]]
