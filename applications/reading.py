"""Parts of a submission as a page shows them: short answers as a list, essays to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mats_portal.questionnaires.states import QuestionKind

READ = (QuestionKind.LONG, QuestionKind.MATRIX, QuestionKind.RANKED)


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """A titled part; each answer is a question as it was asked, see `questionnaires.reading`."""

    title: str
    facts: list[dict[str, Any]]
    essays: list[dict[str, Any]]


def for_reading(parts: Iterable[dict[str, Any]]) -> list[ReadingPart]:
    """The parts of `Submission.content`, or what `readable_parts` left of them."""
    found = []
    for part in parts:
        facts = [answer for answer in part["answers"] if answer["kind"] not in READ]
        essays = [answer for answer in part["answers"] if answer["kind"] in READ]
        found.append(ReadingPart(part["title"], facts, essays))
    return found
