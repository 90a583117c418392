"""What keeps a cell a text: a spreadsheet must never run what somebody typed."""

import re

from mats_portal.web.errors import Refusal

LONGEST_CELL = 32_767  # the format's own limit; some writers cut there without a word
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


class CellTooLong(Refusal):
    """A text is too long for a spreadsheet's cell. Take the CSV file, which has no such limit."""


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, leading spaces or not."""
    return text.startswith(_FORMULA) or text.strip().startswith(_FORMULA)


def csv_text(text: str) -> str:
    """The text as it may stand in a CSV file: an apostrophe keeps a formula from being one."""
    return f"'{text}" if looks_like_formula(text) else text


def xlsx_text(text: str) -> str:
    """The text as it may stand in a cell: control characters become visible. Raises `CellTooLong`."""
    if len(text) > LONGEST_CELL:
        raise CellTooLong
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a sheet may have, not among those taken; it is then taken, too."""
    plain = _SHEET_NAME.sub(" ", text).strip()[:28] or "Sheet"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain[:26]} {number}", number + 1
    taken.add(name.casefold())
    return name
