"""What people furnish to the frame."""

from typing import Any

from django.urls import reverse

from mats_portal.people.policies import administrators
from mats_portal.people.selectors import people_found
from mats_portal.web.menu import PORTAL, MenuItem

MOST_FOUND = 6
SHORTEST = 3


def menu(person: Any) -> list[MenuItem]:
    """The list of people, for administrators."""
    if not administrators(person).allowed:
        return []
    return [MenuItem("Accounts", reverse("people:people"), order=210, group=PORTAL)]


def jump(person: Any, words: str) -> list[MenuItem]:
    """Accounts by name or address, for administrators."""
    if not administrators(person).allowed or len(words) < SHORTEST:
        return []
    found = people_found(words).order_by("name", "pk")[:MOST_FOUND]
    return [MenuItem(f"{one}, account", reverse("people:person", args=[one.code])) for one in found]
