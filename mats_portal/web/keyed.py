"""Lists of things with a key, as editors change them: moved, removed, put in place. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """Whatever has a key that no other of its list has."""

    @property
    def key(self) -> str:
        """The key."""


K = TypeVar("K", bound=Keyed)


def without(items: Sequence[K], key: str) -> list[K]:
    """Without the one of that key."""
    return [item for item in items if item.key != key]


def replaced(items: Sequence[K], new: K) -> list[K]:
    """With the new one in the place of the one of its key, or at the end."""
    if any(item.key == new.key for item in items):
        return [new if item.key == new.key else item for item in items]
    return [*items, new]


def moved(items: Sequence[K], key: str, step: int) -> list[K]:
    """With the one of that key one place up (step −1) or down (+1); at the ends everything stays."""
    places = [item.key for item in items]
    if key not in places or not 0 <= places.index(key) + step < len(items):
        return list(items)
    found, place = list(items), places.index(key)
    found[place], found[place + step] = found[place + step], found[place]
    return found
