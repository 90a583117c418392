"""Parts of a submission as a page shows them: short answers as a list, essays to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def for_reading(parts: Iterable[dict[str, Any]], file_address: Callable[[str], str] | None = None) -> list[ReadingPart]:
    """The parts of `Submission.content`, or what `readable_parts` left of them.

    file_address: where this reader has the file of an answer, by its code; without it files are named alone.
    """
    found = []
    for part in parts:
        facts = [_led_to(answer, file_address) for answer in part["answers"] if answer["kind"] not in READ]
        essays = [answer for answer in part["answers"] if answer["kind"] in READ]
        found.append(ReadingPart(part["title"], facts, essays))
    return found


def _led_to(answer: dict[str, Any], file_address: Callable[[str], str] | None) -> dict[str, Any]:
    file = answer.get("file")
    return answer | {"url": file_address(file["code"])} if file and file_address else answer
