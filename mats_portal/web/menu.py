"""The menu: what the apps furnish, in one order."""

from dataclasses import dataclass
from typing import Any

from mats_portal.web.furnishing import furnishings


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry: its words, its address, and where it stands (lower first)."""

    label: str
    url: str
    order: int = 50

    def is_current(self, path: str) -> bool:
        """Whether a page at `path` lies under this entry."""
        return path == self.url or (self.url != "/" and path.startswith(self.url))


HOME = MenuItem("Home", "/", order=0)


def menu_for(person: Any) -> list[MenuItem]:
    """The entries that this person may use."""
    items = [HOME, *(item for furnish in furnishings("menu") for item in furnish(person))]
    return sorted(items, key=lambda item: item.order)
