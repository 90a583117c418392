"""Text as people send it, made fit to keep: one form of Unicode, one newline, no poison."""

import re
import unicodedata
from datetime import UTC, datetime

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]|[\ud800-\udfff]")
_SPACES = re.compile(r"[\s\u200b\ufeff\u00a0]+")
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def clean_text(text: str) -> str:
    """NFC, LF newlines, no control characters or lone surrogates; otherwise as written.

    Counting words and characters is done on this form, by the server and the page alike.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def clean_line(text: str) -> str:
    """One line: `clean_text` with every run of white space folded to one space."""
    return _SPACES.sub(" ", clean_text(text)).strip()


def count_words(text: str) -> int:
    """Words as runs of non-space characters in the cleaned text."""
    return len(clean_text(text).split())


def is_sensible(moment: datetime) -> bool:
    """Whether a moment lies between the years 1900 and 2200 (UTC), so that every zone can show it."""
    return EARLIEST <= moment <= LATEST


def counted(count: int, one: str, many: str) -> str:
    """A number with the words that fit it: "1 review is late", "12 reviews are late"."""
    return f"{count:,} {one if count == 1 else many}"
