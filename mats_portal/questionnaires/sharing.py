"""One question that several streams ask is answered once: the same words, and marked as shared. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def identity(question: Any) -> tuple[Any, ...] | None:
    """What makes two questions the same one; None for a question that is not shared.

    question: `Question` or `QuestionSpec`. Both have to be marked as shared, so that
    “Why this stream?” in two streams stays two questions.
    """
    if not question.is_shared:
        return None
    lists = (tuple(question.options), tuple(question.rows), tuple(question.anchors))
    limits = (question.max_words, question.max_characters, question.max_megabytes)
    return (question.kind, question.wording, *lists, *limits)


@dataclass(slots=True)
class Group:
    """The questions of one stream: those asked here, and those answered under an earlier one, with its place."""

    asked: list[Any] = field(default_factory=list)
    elsewhere: list[tuple[Any, int]] = field(default_factory=list)


def asked_once(groups: Sequence[Sequence[Any]]) -> list[Group]:
    """For each stream's questions, in the order of the streams, which are asked there: each shared one only once."""
    first: dict[tuple[Any, ...], int] = {}
    found = []
    for place, questions in enumerate(groups):
        group = Group()
        for question in questions:
            same = identity(question)
            home = place if same is None else first.setdefault(same, place)
            if home == place:
                group.asked.append(question)
            else:
                group.elsewhere.append((question, home))
        found.append(group)
    return found
