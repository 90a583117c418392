"""The menu: what the apps furnish, gathered into a few entries, each with its tabs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mats_portal.web.furnishing import furnishings

SETUP = "Set-up"  # The group of what is arranged once and looked at rarely.
PORTAL = "Portal"  # The group of what belongs to no cohort: all cohorts, accounts, how the portal is doing.
EXACT, NAMED = 10_000, 5_000


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One page to go to: its words, its address, and where it stands (lower first).

    group: items of one group share one entry of the menu, named like the group, and are its tabs.
    names: the names of pages with other addresses that belong to it, such as `"outbox:letter"`.
    is_alone: pages whose addresses begin with its own belong elsewhere, as a cohort's do under the list of cohorts.
    """

    label: str
    url: str
    order: int = 50
    group: str = ""
    names: tuple[str, ...] = ()
    is_alone: bool = False

    def closeness(self, path: str, name: str) -> int:
        """How closely the page at `path`, of this name, belongs to this item; 0 when it does not."""
        if path == self.url:
            return EXACT
        if name in self.names:
            return NAMED
        return len(self.url) if not self.is_alone and path.startswith(self.url) else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: it leads to the first of its pages. With one page only, it bears that page's name."""

    label: str
    items: tuple[MenuItem, ...]
    current: MenuItem | None

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.items[0].url

    @property
    def tabs(self) -> tuple[MenuItem, ...]:
        """Its pages, when there is more than one."""
        return self.items if len(self.items) > 1 else ()


@dataclass(frozen=True, slots=True)
class Place:
    """The cohort the reader is at work in: its name, its own pages, and the other places to change to."""

    cohort: Any
    pages: tuple[MenuItem, ...]
    others: tuple[MenuItem, ...]


HOME = MenuItem("Home", "/", order=0, is_alone=True)


def place_of(person: Any, cohort: Any) -> Place | None:
    """Where the person is at work, given the cohort of the page (or None); None for those who work in none."""
    found = (furnish(person, cohort) for furnish in furnishings("place"))
    return next((place for place in found if place is not None), None)


def menu_for(person: Any, cohort: Any) -> list[MenuItem]:
    """The items that this person may use, in the cohort they are at work in and outside cohorts."""
    items = [HOME, *(item for furnish in furnishings("menu") for item in furnish(person))]
    if cohort is not None:
        items += [item for furnish in furnishings("cohort_menu") for item in furnish(person, cohort)]
    return items


def entries_of(items: Iterable[MenuItem], path: str, name: str = "") -> list[Entry]:
    """The entries that the items make, in order; the item closest to the page is marked."""
    gathered: dict[str, list[MenuItem]] = {}
    for item in sorted(items, key=lambda item: item.order):
        gathered.setdefault(item.group or item.label, []).append(item)
    everything = [item for those in gathered.values() for item in those]
    best = max(everything, key=lambda item: item.closeness(path, name), default=None)
    if best is not None and not best.closeness(path, name):
        best = None
    return [
        Entry(label if len(those) > 1 else those[0].label, tuple(those), best if best in those else None)
        for label, those in gathered.items()
    ]
