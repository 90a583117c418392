"""What is in one cell: an address, a moment, several choices, yes or no."""

from __future__ import annotations

import csv
import re
import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mats_portal.web.text import clean_line, is_sensible

_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+\.[^\s@<>\"(),:;\[\]\\.]+")
_PERSON = re.compile(r"(.*?)<([^<>]*)>", re.DOTALL)
_AMERICAN = ("%m/%d/%Y %I:%M%p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%m/%d/%Y")
_WORDS = re.compile(r"[\W_]+")
TRUE_WORDS = frozenset({"checked", "yes", "y", "true", "1", "x", "✓", "on"})
FALSE_WORDS = frozenset({"", "unchecked", "no", "n", "false", "0", "off"})


class RowError(ValueError):
    """Why a row cannot be taken, in a sentence."""


def normal(header: str) -> str:
    """A header's words alone, so that spaces, capitals and punctuation do not matter."""
    return _WORDS.sub(" ", header).strip().casefold()


def email(cell: str) -> str:
    """The address in lower case; raises `RowError`."""
    address = clean_line(cell).lower()
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise RowError(f"“{address[:60]}” is not an e-mail address." if address else "There is no e-mail address.")
    return address


def line(cell: str, what: str, *, limit: int = 200, is_required: bool = True) -> str:
    """One clean line of at most `limit` characters; raises `RowError`."""
    text = clean_line(cell)
    if is_required and not text:
        raise RowError(f"There is no {what}.")
    if len(text) > limit:
        raise RowError(f"The {what} is longer than {limit} characters.")
    return text


def moment(cell: str, zone: zoneinfo.ZoneInfo) -> datetime:
    """The instant: ISO 8601, or month/day/year as American tools write it, in `zone` unless it says otherwise."""
    text = clean_line(cell)
    found = _moment(text)
    if found is None:
        raise RowError(f"“{text[:40]}” is not a date that can be read (03/09/2023 02:31am or 2023-03-09T02:31Z).")
    local = found if found.tzinfo else found.replace(tzinfo=zone)
    try:
        at = local.astimezone(UTC)
    except OverflowError as error:
        raise RowError(f"“{text[:40]}” is not in a sensible year.") from error
    if not is_sensible(at):
        raise RowError(f"“{text[:40]}” is not in a sensible year.")
    return at


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _AMERICAN:
        try:
            return datetime.strptime(text.upper(), form)  # noqa: DTZ007 - the zone is added by the caller
        except ValueError:
            continue
    return None


def choices(cell: str, known: Iterable[str]) -> list[str]:
    """Several choices in one cell, separated by commas; a choice may hold commas itself.

    A choice with a comma is taken whole if it is quoted or known. Unknown ones are kept as written.
    """
    text = clean_line(cell)
    spelling = {choice.casefold(): choice for choice in known}
    longest_first = sorted(spelling, key=len, reverse=True)
    found: list[str] = []
    while text:
        choice, text = _next_choice(text, longest_first)
        if choice:
            found.append(spelling.get(choice.casefold(), choice))
    return list(dict.fromkeys(found))


def _next_choice(text: str, known: Sequence[str]) -> tuple[str, str]:
    folded = text.casefold()
    if not text.startswith('"') and len(folded) == len(text):
        for choice in known:
            rest = text[len(choice) :].lstrip()
            if folded.startswith(choice) and (not rest or rest[0] in ",;"):
                return text[: len(choice)], rest[1:].strip()
    cells = next(csv.reader([text], skipinitialspace=True), [""])
    if text.startswith('"') and (end := re.match(r'"(?:[^"]|"")*"\s*,?', text)):
        return cells[0].strip(), text[end.end() :].strip()
    head, _, rest = text.partition(",")
    return head.strip(), rest.strip()


def yes(cell: str) -> bool:
    """Whether the cell says yes; raises `RowError` for what says neither."""
    word = clean_line(cell).casefold()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise RowError(f"“{word[:40]}” is neither yes nor no.")
    return word in TRUE_WORDS


def named_addresses(cell: str) -> list[tuple[str, str]]:
    """Names and addresses written `Name <address>; Name <address>`; raises `RowError`."""
    found = []
    for piece in cell.split(";"):
        if not piece.strip():
            continue
        if (match := _PERSON.search(piece)) is None:
            raise RowError(f"“{clean_line(piece)[:60]}” is not written “Name <address>”.")
        found.append((line(match[1], "mentor's name"), email(match[2])))
    return found
