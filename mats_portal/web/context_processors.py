"""The frame around every page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from mats_portal.web.menu import Entry, MenuItem, Place, entries_of, menu_for, place_of

SUPPORT_MENU = (MenuItem("Support", "/support/"), MenuItem("The portal", settings.SITE_URL))


@dataclass
class Frame:
    """What the base template shows. Nothing is asked of the database unless the template uses it."""

    request: HttpRequest

    @cached_property
    def person(self) -> Any:
        """Who reads, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def place(self) -> Place | None:
        """The cohort that the reader is at work in: the page's, or their newest."""
        if self.person is None or self.is_support_site:
            return None
        return place_of(self.person, self.cohort)

    @cached_property
    def menu(self) -> list[Entry]:
        """The entries of the menu, the current one marked."""
        if self.person is None:
            return []
        cohort = self.place.cohort if self.place else None
        items = SUPPORT_MENU if self.is_support_site else menu_for(self.person, cohort)
        match = self.request.resolver_match
        return entries_of(items, self.request.path, match.view_name if match else "")

    @property
    def current(self) -> Entry | None:
        """The entry to which the page belongs."""
        return next((entry for entry in self.menu if entry.current), None)

    @cached_property
    def cohort(self) -> Any:
        """The cohort that the view put on the request, or None."""
        return getattr(self.request, "cohort", None)

    @property
    def is_synthetic(self) -> bool:
        """Whether everyone on the page is invented."""
        return bool(getattr(self.cohort, "is_synthetic", False) or getattr(self.person, "is_synthetic", False))

    @property
    def seen_for(self) -> Any:
        """Who looks at the page with the reader's eyes, or None."""
        return getattr(self.request, "seen_for", None)

    @property
    def initials(self) -> str:
        """One or two letters for the reader's mark."""
        words = (self.person.name if self.person else "").split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    home_url = "/"
    site_url = settings.SITE_URL

    @property
    def is_support_site(self) -> bool:
        """Whether this is the support site: the pages of the portal have no address here."""
        return settings.ROOT_URLCONF == "mats_portal.support_urls"

    @property
    def zone(self) -> str:
        """The name of the zone that times are shown in."""
        return timezone.get_current_timezone_name()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {"frame": Frame(request)}
