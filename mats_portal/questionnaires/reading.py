"""A question as it was asked, with its answer: one shape for snapshots, pages, downloads. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.states import QuestionKind, Retention


def as_asked(question: Question, answer: Answer | None) -> dict[str, Any]:
    """Wording, rules and answer. What few have (`retention`, `rows`, `file` …) is left out where they have not."""
    rare: dict[str, Any] = {"rows": list(question.rows), "anchor": _anchor(question, answer), "file": _file(answer)}
    rare["is_markdown"] = question.is_markdown
    if question.retention != Retention.APPLICATION:
        rare["retention"] = question.retention
    return {name: value for name, value in rare.items() if value} | {
        "key": question.key,
        "kind": question.kind,
        "wording": question.wording,
        "audience": question.audience,
        "is_sensitive": question.is_sensitive,
        "measures": question.measures,
        "text": answer.text if answer else "",
        "choices": list(answer.choices) if answer else [],
    }


def _file(answer: Answer | None) -> dict[str, Any]:
    """What identifies the file that an answer gives; nothing when it gives none."""
    if answer is None or (file := answer.file) is None:
        return {}
    return {"code": file.code, "size": file.size, "pages": file.pages, "sha256": file.digest}


def _anchor(question: Question, answer: Answer | None) -> str:
    """What the chosen point of a scale means, where that is said."""
    if answer is None or not answer.choices or question.kind != QuestionKind.SCALE:
        return ""
    return dict(zip(question.options, question.anchors, strict=False)).get(answer.choices[0], "")


def lines_of(asked: Mapping[str, Any]) -> list[str]:
    """What was answered, in words, a line for each thing; no line when nothing was."""
    choices: list[str] = asked["choices"]
    match asked["kind"]:
        case QuestionKind.MATRIX:
            rows = zip(asked.get("rows", []), choices, strict=False)
            return [f"{row}: {choice or 'not answered'}" for row, choice in rows]
        case QuestionKind.RANKED:
            return [f"{place}. {choice}" for place, choice in enumerate(choices, 1)]
        case _:
            return choices or [asked["text"]] if choices or asked["text"].strip() else []


def in_words(question: Question, answer: Answer | None) -> str:
    """The answer as one text, for a download or a comparison."""
    asked = as_asked(question, answer)
    return ("\n" if question.kind in (QuestionKind.MATRIX, QuestionKind.RANKED) else ", ").join(lines_of(asked))
