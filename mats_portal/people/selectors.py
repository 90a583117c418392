"""Reads about people."""

from typing import Any

from mats_portal.people.models import GlobalRole
from mats_portal.people.states import Role
from mats_portal.web.furnishing import furnishings


def global_roles(person: Any) -> frozenset[str]:
    """The person's open roles in the whole portal; asked once per person object."""
    if not person.is_authenticated:
        return frozenset()
    found: frozenset[str] | None = getattr(person, "_global_roles", None)
    if found is None:
        open_roles = GlobalRole.objects.filter(person_id=person.pk, until=None)
        found = frozenset(open_roles.values_list("role", flat=True))
        person._global_roles = found
    return found


def has_global_role(person: Any, *roles: Role) -> bool:
    """Whether the person holds one of the roles now."""
    return bool(global_roles(person) & {str(role) for role in roles})


def needs_second_factor(person: Any) -> bool:
    """Whether the person holds a role, here or furnished by an app, that asks for a second factor."""
    return bool(global_roles(person)) or any(asks(person) for asks in furnishings("second_factor"))
