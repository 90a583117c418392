"""When an answer fits its question. Drafts are kept as typed; this is asked before submitting."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from mats_portal.questionnaires.models import Question
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.web.text import count_words

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
    kind = QuestionKind(question.kind)
    if kind is QuestionKind.NUMBER and not _NUMBER.fullmatch(text):
        return "Please write a number here."
    if kind is QuestionKind.URL and not is_link(text):
        return "Please give the whole address of a page, beginning with https://."
    words = count_words(text) if question.max_words else 0
    if words > question.max_words:
        return f"{words:,} words; at most {question.max_words:,} fit here."
    return ""


def is_link(text: str) -> bool:
    """Whether the text is the address of a web page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
