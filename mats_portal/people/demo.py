"""Signing in as an invented person, on a portal that only this machine can reach."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from mats_portal.people.models import Person
from mats_portal.web.furnishing import furnishings


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person and what they are here for."""

    person: Person
    what: str


def demo_password() -> str:
    """The password of invented people: its own for each installation."""
    return "demo-" + hashlib.sha256(b"demo password\0" + settings.SECRET_KEY.encode()).hexdigest()[:10]


def demo_people() -> list[DemoPerson]:
    """The invented people that the apps furnish, as far as they exist; nobody unless DEMO_LOGINS is on."""
    if not settings.DEMO_LOGINS:
        return []
    furnished = {login.email: login.what for furnish in furnishings("demo_logins") for login in furnish()}
    found = {person.email: person for person in invented_people().filter(email__in=furnished)}
    return [DemoPerson(found[email], what) for email, what in furnished.items() if email in found]


def invented_people() -> QuerySet[Person]:
    """Invented people who can sign in."""
    return Person.objects.filter(is_synthetic=True, is_active=True)
