"""What apps furnish so that something done to many at once can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class UndoKind:
    """A kind of deed, and how to undo one.

    undo: from the deed's facts (`facts=`, `by=`) to a sentence that says what is as it was and what is not; it runs
    in the transaction that marks the deed as undone, and may raise a `Refusal`: then nothing is changed.
    may: whether a person may still do such things in the cohort of a slug: a role can end within the ten minutes.
    """

    name: str
    undo: Callable[..., str]
    may: Callable[[Any, str], bool]
