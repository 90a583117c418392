"""How long a questionnaire takes to answer, when nobody has said: an estimate from its questions. Plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mats_portal.questionnaires.states import QuestionKind

# Minutes a question; a long text is written, read over and cut at about ten words a minute.
MINUTES = {QuestionKind.SHORT: 2.0, QuestionKind.RANKED: 2.0, QuestionKind.FILE: 3.0}
USUAL = 0.5
WORDS_A_MINUTE = 10
CHARACTERS_A_WORD = 6
UNLIMITED = 30.0
PER_ROW = 0.25


def minutes_for(questions: Iterable[Any]) -> int:
    """The estimate for these questions (or their specifications), in minutes; optional long texts count by half."""
    return round(sum(map(_minutes, questions)))


def _minutes(question: Any) -> float:
    if question.kind == QuestionKind.LONG:
        words = question.max_words or question.max_characters // CHARACTERS_A_WORD
        minutes = words / WORDS_A_MINUTE if words else UNLIMITED
        return minutes if question.is_required else minutes / 2
    if question.kind == QuestionKind.MATRIX:
        return len(question.rows) * PER_ROW
    return MINUTES.get(QuestionKind(question.kind), USUAL)


def effort_words(minutes: int) -> str:
    """As one says it: “about 25 minutes”, “about 1½ hours”, “about 3 hours”."""
    if minutes < 5:
        return "a few minutes"
    if minutes < 50:
        return f"about {round(minutes / 5) * 5} minutes"
    halves = max(round(minutes / 30), 2)
    whole, half = divmod(halves, 2)
    return "about 1 hour" if halves == 2 else f"about {whole}{'½' if half else ''} hours"
