"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES = 20_000


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text and what became of it."""

    change: Change
    text: str


def compare(before: str, after: str) -> list[Stretch]:
    """The stretches of both texts in reading order.

    Joined without the added ones they are `before`, without the removed ones `after`.
    Texts of more than 20,000 words together are compared line by line.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    stretches: list[Stretch] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for _kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if removed == added:
            _append(stretches, Change.SAME, removed)
            continue
        _append(stretches, Change.REMOVED, removed)
        _append(stretches, Change.ADDED, added)
    return stretches


def _append(stretches: list[Stretch], change: Change, text: str) -> None:
    if not text:
        return
    if stretches and stretches[-1].change == change:
        stretches[-1] = Stretch(change, stretches[-1].text + text)
    else:
        stretches.append(Stretch(change, text))
