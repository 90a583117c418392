"""What an app furnishes about the personal data it keeps: why and how long, and how it is erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ERASED_NAME = "Erased person"
ERASED_DOMAIN = "erased.invalid"
REMOVED = "Removed at the request of the person."


def erased_address(code: str) -> str:
    """An address in the place of one that was erased; nobody can have it, and no two are alike."""
    return f"{code.lower()}@{ERASED_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept about a person, in words for them.

    what: "Your applications"; why: what it is for; who: who sees it; until: how long it is kept;
    parts: the same, one by one (each question of a form).
    """

    what: str
    why: str
    who: str
    until: str
    parts: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """What an erasure does with one kind of thing: it goes, or it stays, and then why.

    count: how many there are; nothing is said of a kind of which there is none.
    """

    what: str
    count: int
    stays: str = ""


def _nothing_hinders(person: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """How one app erases a person.

    preview: what would go and what stays, without writing; erase: does it, inside one transaction
    in which the apps act one after the other, the last storey first, and may be called again;
    hindrance: a sentence when the person cannot be erased yet, which says what to do before.
    """

    preview: Callable[[Any], list[Part]]
    erase: Callable[[Any], None]
    hindrance: Callable[[Any], str] = _nothing_hinders


@dataclass(frozen=True, slots=True)
class Tally:
    """How a question was answered, kept when the answers go: for each option how many chose it, `None` for a few.

    answered: how many answered at all. So few that they could be told apart (1 to 4) are never kept as a number.
    """

    question: str
    answered: int | None
    counts: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Purge:
    """How an app removes what is kept only until a cohort's selection is over.

    All three take the cohort and the primary keys of the people who were chosen, whose answers stay.
    preview: what would go, without writing; tallies: of everybody's answers, made before;
    purge: removes, and returns how many people and how many answers it was; may run again.
    """

    preview: Callable[[Any, Any], list[Part]]
    tallies: Callable[[Any, Any], list[Tally]]
    purge: Callable[[Any, Any], tuple[int, int]]
