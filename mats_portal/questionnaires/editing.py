"""A list of questions with one of them added, changed, copied or moved. Plain data; `web.keyed` removes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.web.keyed import replaced, without


def new_key(specs: Sequence[QuestionSpec]) -> str:
    """A key that no question has: q1, q2 …"""
    taken = {spec.key for spec in specs}
    return next(key for number in range(1, len(taken) + 2) if (key := f"q{number}") not in taken)


def with_question(specs: Sequence[QuestionSpec], question: QuestionSpec) -> list[QuestionSpec]:
    """With the question in the place of the one of its key, or added: at the end of its section, or of all.

    A changed question that goes into another section moves to that section's end.
    """
    old = next((spec for spec in specs if spec.key == question.key), None)
    if old is not None and old.section == question.section:
        return replaced(specs, question)
    others = without(specs, question.key)
    same = [place for place, spec in enumerate(others) if spec.section == question.section]
    place = same[-1] + 1 if same else len(others)
    return [*others[:place], question, *others[place:]]


def with_copy(specs: Sequence[QuestionSpec], key: str) -> list[QuestionSpec]:
    """With a copy of the question of that key right after it; reports count the first one only."""
    found: list[QuestionSpec] = []
    for spec in specs:
        found.append(spec)
        if spec.key == key:
            found.append(replace(spec, key=new_key(specs), measures=""))
    return found


def sections_of(specs: Sequence[QuestionSpec]) -> dict[str, list[QuestionSpec]]:
    """The questions by the name of their section, in the order in which the sections first appear."""
    found: dict[str, list[QuestionSpec]] = {}
    for spec in specs:
        found.setdefault(spec.section, []).append(spec)
    return found


def in_order(specs: Sequence[QuestionSpec], places: Mapping[str, int]) -> list[QuestionSpec]:
    """The questions of each section by their place in it, by key; those without one keep theirs."""
    return [
        spec
        for section in sections_of(specs).values()
        for _, _, spec in sorted(
            ((places.get(spec.key, now), now, spec) for now, spec in enumerate(section, 1)), key=lambda row: row[:2]
        )
    ]


def with_section_moved(specs: Sequence[QuestionSpec], section: str, step: int) -> list[QuestionSpec]:
    """With a whole section one place up (step −1) or down (+1); at the ends everything stays."""
    sections = sections_of(specs)
    names = list(sections)
    place = names.index(section) + step if section in sections else -1
    if 0 <= place < len(names):
        names.remove(section)
        names.insert(place, section)
    return [spec for name in names for spec in sections[name]]


def with_section_renamed(specs: Sequence[QuestionSpec], section: str, name: str) -> list[QuestionSpec]:
    """With another name of a section; when another section has it already, they become one."""
    return [replace(spec, section=name) if spec.section == section else spec for spec in specs]
