"""The home page: sections that the apps furnish, each saying what to do next and by when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mats_portal.web.furnishing import furnishings


@dataclass(frozen=True, slots=True)
class Section:
    """One part of somebody's home.

    heading: what it says in one glance ("Two questions left, Ada"); the heading of
    the section with the lowest `order` becomes the page's title.
    template: rendered with `context`; url and action: the one next step.
    """

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    subtitle: str = ""
    action: str = ""
    url: str = ""
    order: int = 50


def sections_for(person: Any, now: datetime) -> list[Section]:
    """The sections of this person's home, most urgent first."""
    sections = [section for furnish in furnishings("home_sections") for section in furnish(person, now)]
    return sorted(sections, key=lambda section: section.order)
