"""Change what is known of a person, and who may do what everywhere."""

from __future__ import annotations

from typing import Protocol

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.journal.services import record
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_line


class RoleChange(Protocol):
    """What opens or ends a role."""

    def __call__(self, *, person: Person, role: Role, by: Person) -> object:
        """Do it."""


class RoleHeldAlready(Refusal):
    """This person holds the role already. Nothing was changed."""


class RoleNotHeld(Refusal):
    """This person does not hold the role any more. Nothing was changed."""


class LastAdministrator(Refusal):
    """This is the last administrator. Make somebody else one first."""


@transaction.atomic
def change_profile(*, by: Person, name: str, time_zone: str) -> Person:
    """Keep a new name and time zone of the person who asks."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.name, person.time_zone = clean_line(name), time_zone
    person.full_clean(exclude=["password", "last_login"])
    person.save(update_fields=["name", "time_zone"])
    record(by=by, verb="change profile", subject=person)
    return person


@transaction.atomic
def grant_global_role(*, person: Person, role: Role, by: Person) -> GlobalRole:
    """Open a role in the whole portal. Raises RoleHeldAlready."""
    Person.objects.select_for_update().get(pk=person.pk)
    if GlobalRole.objects.filter(person=person, role=role, until=None).exists():
        raise RoleHeldAlready()
    granted = GlobalRole.objects.create(person=person, role=role)
    record(by=by, verb="grant role", subject=person, facts={"role": str(role)})
    return granted


@transaction.atomic
def close_global_role(*, person: Person, role: Role, by: Person) -> None:
    """End a role in the whole portal. Raises RoleNotHeld, LastAdministrator."""
    # All open rows of the role are locked, so that two administrators cannot remove each other at once.
    held = {row.person_id: row for row in GlobalRole.objects.select_for_update().filter(role=role, until=None)}
    if person.pk not in held:
        raise RoleNotHeld()
    if role == Role.ADMIN and len(held) == 1:
        raise LastAdministrator()
    GlobalRole.objects.filter(pk=held[person.pk].pk).update(until=Now())
    record(by=by, verb="close role", subject=person, facts={"role": str(role)})
