"""What apps furnish so that something done to many at once can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoKind:
    """A kind of deed, and how to undo one.

    undo: from the deed's facts (`facts=`, `by=`) to a sentence that says what is as it was and what is not; it runs
    in the transaction that marks the deed as undone, and may raise a `Refusal`: then nothing is changed.
    """

    name: str
    undo: Callable[..., str]
