"""Answers as they are kept: cleaned text, choices that are on the list."""

from __future__ import annotations

from collections.abc import Sequence

from mats_portal.questionnaires.checks import longest
from mats_portal.questionnaires.errors import AnswerTooLong, UnknownChoice
from mats_portal.questionnaires.models import Question
from mats_portal.questionnaires.states import CHOICE_KINDS, ONE_CHOICE, QuestionKind
from mats_portal.web.text import clean_line, clean_text

Value = str | list[str]


def fit(question: Question, value: Value) -> tuple[str, list[str]]:
    """The text and the choices to store for a value; raises `AnswerTooLong` and `UnknownChoice`."""
    if question.kind in CHOICE_KINDS:
        return "", _choices(question, [value] if isinstance(value, str) else list(value))
    text = value if isinstance(value, str) else "\n".join(value)
    text = clean_text(text) if question.kind == QuestionKind.LONG else clean_line(text)
    if len(text) > longest(question.kind):
        raise AnswerTooLong(question, len(text), longest(question.kind))
    return text, []


def _choices(question: Question, wanted: Sequence[str]) -> list[str]:
    if unknown := [word for word in wanted if word and word not in question.options]:
        raise UnknownChoice(f"“{unknown[0][:80]}” is not among the choices. Please choose from the list.")
    if question.kind == QuestionKind.MATRIX:
        rows = [*wanted, *[""] * len(question.rows)][: len(question.rows)]
        return rows if any(rows) else []
    if question.kind == QuestionKind.RANKED:
        return [option for option in dict.fromkeys(wanted) if option]
    chosen = [option for option in question.options if option in wanted]
    if question.kind in ONE_CHOICE and len(chosen) > 1:
        raise UnknownChoice(f"“{question.wording[:80]}” takes one choice. Please choose one.")
    return chosen
