"""Bring the demo people to life, with the second factor that their roles ask for."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from demo.people import ADI, PERSONAS, Persona
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role


@transaction.atomic
def bring_to_life(personas: Iterable[Persona] = PERSONAS) -> dict[Persona, Person]:
    """Each demo person, made unless there; invented, with a verified address. Adi administers the portal."""
    found = {persona: _person(persona) for persona in personas}
    for persona, person in found.items():
        if persona.has_second_factor and not Authenticator.objects.filter(user=person).exists():
            TOTP.activate(person, generate_totp_secret())
    if ADI in found:
        GlobalRole.objects.get_or_create(person=found[ADI], role=Role.ADMIN, until=None)
    return found


def _person(persona: Persona) -> Person:
    person, is_new = Person.objects.get_or_create(
        email=persona.email,
        defaults={"name": persona.name, "time_zone": persona.time_zone, "is_synthetic": True},
    )
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


def is_invented(person: Person) -> bool:
    """Whether the person is one of the demo people, whom every demo cohort shares."""
    return person.email in {persona.email for persona in PERSONAS}
