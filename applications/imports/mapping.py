"""Which column is what: guessed from the headers, changed by a person, checked before use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from applications.imports.cells import normal
from mats_portal.web.errors import Refusal

IGNORED = ""


class BadMapping(Refusal):
    """These columns do not make an import."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column can be. `guesses`: headers that mean it, as `cells.normal` gives them."""

    name: str
    title: str
    is_required: bool = False
    guesses: tuple[str, ...] = ()


def guess(headers: Sequence[str], targets: Sequence[Target]) -> list[str]:
    """For each column the name of its target, or "" for a column that is left out."""
    wanted = {word: target.name for target in reversed(targets) for word in (*target.guesses, normal(target.title))}
    found: list[str] = []
    for header in headers:
        name = wanted.get(normal(header), IGNORED)
        found.append(IGNORED if name in found else name)
    return found


def check(mapping: Sequence[str], headers: Sequence[str], targets: Sequence[Target]) -> None:
    """Raise `BadMapping` unless each column is one known thing, and every needed thing has a column."""
    if len(mapping) != len(headers):
        raise BadMapping("The file has other columns than the ones that were chosen. Upload it again.")
    taken = [name for name in mapping if name]
    titles = {target.name: target.title for target in targets}
    if unknown := [name for name in taken if name not in titles]:
        raise BadMapping(f"“{unknown[0][:60]}” is nothing that a column can be.")
    if twice := [name for name in taken if taken.count(name) > 1]:
        raise BadMapping(f"Two columns are “{titles[twice[0]]}”. Keep one.")
    missing = [target.title for target in targets if target.is_required and target.name not in taken]
    if missing:
        raise BadMapping(f"No column is “{missing[0]}”. Choose the column that holds it.")


def pick(cells: Sequence[str], mapping: Sequence[str]) -> dict[str, str]:
    """A row's cells by the names of their targets."""
    return {name: cells[place] for place, name in enumerate(mapping) if name and place < len(cells)}
