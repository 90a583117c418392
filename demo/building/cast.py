"""Bring the demo people to life, with the second factor that their roles ask for."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo.people import ADI, PERSONAS, RUI, Persona
from mats_portal.people.demo import demo_password
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role


@transaction.atomic
def bring_to_life(personas: Iterable[Persona] = PERSONAS) -> dict[Persona, Person]:
    """Each demo person, made unless there; invented, with a verified address.

    Adi administers the portal, Rui opens cohorts.
    """
    password = make_password(demo_password())
    found = {persona: _person(persona, password) for persona in personas}
    for persona, person in found.items():
        if persona.has_second_factor and not Authenticator.objects.filter(user=person).exists():
            TOTP.activate(person, generate_totp_secret())
    for persona, role in ((ADI, Role.ADMIN), (RUI, Role.COORDINATOR)):
        if persona in found:
            GlobalRole.objects.get_or_create(person=found[persona], role=role, until=None)
    return found


def _person(persona: Persona, password: str) -> Person:
    facts = {"name": persona.name, "time_zone": persona.time_zone, "password": password, "is_synthetic": True}
    person, _ = Person.objects.get_or_create(email=persona.email, defaults=facts)
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person
