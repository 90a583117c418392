"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORK = 4_000_000  # pairs of pieces: two essays of 1,000 words that share nothing; half a second at the worst


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

    Joined without the added ones they are `before`, without the removed ones `after`. What both begin and end
    with is set aside first. Where the rest is long in both it is compared line by line, and where even that would
    take too long (a text made to be slow) as a whole: the work is bounded whatever is compared.
    """
    stretches: list[Stretch] = []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    end = -tail or None
    _append(stretches, Change.SAME, "".join(old[:head]))
    for removed, added in _changes(old[head:end], new[head:end]):
        if removed == added:
            _append(stretches, Change.SAME, removed)
            continue
        _append(stretches, Change.REMOVED, removed)
        _append(stretches, Change.ADDED, added)
    _append(stretches, Change.SAME, "".join(old[len(old) - tail :]))
    return stretches


def _shared(one: list[str], other: list[str]) -> int:
    """How many pieces both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """What stands in the one and in the other, stretch by stretch."""
    if len(old) * len(new) > MOST_WORK:
        old, new = ("".join(pieces).splitlines(keepends=True) for pieces in (old, new))
    if len(old) * len(new) > MOST_WORK:
        old, new = ["".join(old)], ["".join(new)]
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for _kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        yield "".join(old[old_start:old_end]), "".join(new[new_start:new_end])


def _append(stretches: list[Stretch], change: Change, text: str) -> None:
    if not text:
        return
    if stretches and stretches[-1].change == change:
        stretches[-1] = Stretch(change, stretches[-1].text + text)
    else:
        stretches.append(Stretch(change, text))
