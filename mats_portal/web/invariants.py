"""What must hold over the whole database, whoever wrote to it and however: the apps furnish it, a command asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from mats_portal.web.furnishing import furnishings

FEW = 5


@dataclass(frozen=True, slots=True)
class Invariant:
    """One sentence that must be true.

    name: the sentence; find: names the rows for which it is not, as codes or keys, never as words of people.
    """

    name: str
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one invariant stands: the first few rows that break it, and how many there are."""

    name: str
    count: int
    examples: tuple[str, ...]


def sql(name: str, statement: str) -> Invariant:
    """An invariant by a SELECT whose first column names each row that breaks it."""

    def find() -> Iterable[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return [str(row[0]) for row in cursor.fetchall()]

    return Invariant(name, find)


def trigger_stands(table: str, trigger: str) -> Invariant:
    """That the trigger which keeps the rows of a table final is there and switched on."""
    return sql(
        f"The database itself keeps {table} final",
        f"SELECT '{trigger}' WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = '{trigger}'"  # noqa: S608 - our names
        f" AND tgrelid = '{table}'::regclass AND tgenabled IN ('O', 'A'))",
    )


def all_invariants() -> list[Invariant]:
    """Every invariant that the apps furnish."""
    return [one for some in furnishings("invariants") for one in some]


def verdicts() -> list[Verdict]:
    """Each invariant with what breaks it."""
    found = []
    for one in all_invariants():
        broken = [str(row) for row in one.find()]
        found.append(Verdict(one.name, len(broken), tuple(broken[:FEW])))
    return found
