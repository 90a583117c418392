"""When an answer fits its question. Drafts are kept as typed; this is asked before submitting."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mats_portal.questionnaires.models import Question
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.web.text import clean_text, count_words

LONGEST = {QuestionKind.LONG: 50_000}
LONGEST_LINE = 2_000
_NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?")


def longest(kind: str) -> int:
    """How many characters an answer of this kind may have at all, even as a draft."""
    return LONGEST.get(QuestionKind(kind), LONGEST_LINE)


def problem_with(question: Question, text: str, choices: Sequence[str]) -> str:
    """A sentence about what is wrong with the answer, or "" when it can be submitted."""
    text = text.strip()
    if not text and not choices:
        return "This needs an answer." if question.is_required else ""
    return _unfit(QuestionKind(question.kind), text) or _gap(question, choices) or _too_long(question, text)


def _unfit(kind: QuestionKind, text: str) -> str:
    """What is wrong with a line of this kind."""
    if kind is QuestionKind.NUMBER and not _NUMBER.fullmatch(text):
        return "Please write a number here."
    if kind is QuestionKind.URL and not is_link(text):
        return "Please give the whole address of a page, beginning with https://."
    if kind is QuestionKind.DATE and not is_day(text):
        return "Please give a day that exists, like 2026-05-07."
    if kind is QuestionKind.EMAIL and not is_address(text):
        return "Please give an e-mail address, like ada@example.org."
    return ""


def _gap(question: Question, choices: Sequence[str]) -> str:
    """What is still open in a grid or a ranked list that needs an answer."""
    if not question.is_required:
        return ""
    if question.kind == QuestionKind.MATRIX and "" in choices:
        return f"“{question.rows[list(choices).index('')]}” has no answer yet."
    if question.kind == QuestionKind.RANKED and (left := len(question.options) - len(choices)):
        return f"{left} of these {'has' if left == 1 else 'have'} no place yet."
    return ""


def _too_long(question: Question, text: str) -> str:
    words = count_words(text) if question.max_words else 0
    if words > question.max_words:
        return f"{words:,} words; at most {question.max_words:,} fit here."
    characters = len(clean_text(text)) if question.max_characters else 0
    if characters > question.max_characters:
        return f"{characters:,} characters; at most {question.max_characters:,} fit here."
    return ""


def is_day(text: str) -> bool:
    """Whether the text is a day of the years 1900 to 2199, written 2026-05-07."""
    try:
        return len(text) == 10 and 1900 <= date.fromisoformat(text).year < 2200
    except ValueError:
        return False


def is_address(text: str) -> bool:
    """Whether the text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_link(text: str) -> bool:
    """Whether the text is the address of a web page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
