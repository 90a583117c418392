"""What changed from one version of a questionnaire to the next. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from mats_portal.questionnaires.specs import QuestionSpec

NAMES = {
    "wording": "Question",
    "help": "Help",
    "section": "Section",
    "kind": "How it is answered",
    "options": "Options",
    "rows": "Lines",
    "anchors": "What the points mean",
    "max_words": "Most words",
    "max_characters": "Most characters",
    "is_markdown": "Markdown",
    "max_megabytes": "Most megabytes",
    "is_required": "Needs an answer",
    "is_sensitive": "Sensitive",
    "audience": "Who sees it",
    "purpose": "Why it is asked",
    "retention": "How long it is kept",
    "shown_if": "Shown after an answer to",
    "shown_if_options": "Shown after the answers",
    "is_shared": "Shared with other streams",
    "accepted": "Answers that let go on",
    "refusal": "What the others are told",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One question that is new, gone, moved or different: what became of it, and each detail before and after."""

    fate: str
    wording: str
    details: tuple[tuple[str, str, str], ...] = ()


def changes_between(old: Sequence[QuestionSpec], new: Sequence[QuestionSpec]) -> list[Change]:
    """New and changed questions in the new order, then the ones that are gone, then whether the order changed."""
    before = {spec.key: spec for spec in old}
    after = {spec.key: spec for spec in new}
    found = []
    for spec in new:
        if spec.key not in before:
            found.append(Change("added", spec.wording))
        elif details := _details(before[spec.key], spec):
            found.append(Change("changed", spec.wording, details))
    found += [Change("removed", spec.wording) for spec in old if spec.key not in after]
    stayed = [spec.key for spec in old if spec.key in after]
    if stayed != [spec.key for spec in new if spec.key in before]:
        found.append(Change("moved", "The order of the questions"))
    return found


def _details(old: QuestionSpec, new: QuestionSpec) -> tuple[tuple[str, str, str], ...]:
    pairs = [(field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(QuestionSpec)]
    return tuple((NAMES[name], _told(was), _told(now)) for name, was, now in pairs if was != now and name in NAMES)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " · ".join(filter(None, value)) or "none"
    return str(getattr(value, "label", value)) or "none"
