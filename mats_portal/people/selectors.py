"""Reads about people."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from mats_portal.people.models import GlobalRole, Invitation, Person
from mats_portal.people.states import Role
from mats_portal.web.furnishing import furnishings
from mats_portal.web.statements import Statement


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


def _with_standing(key: int) -> QuerySet[Person]:
    roles = GlobalRole.objects.filter(person=OuterRef("pk"), until=None)
    return Person.objects.filter(pk=key).annotate(
        standing_roles=ArraySubquery(roles.values("role")),
        standing_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
        **{name: fact for furnish in furnishings("standing") for name, fact in furnish().items()},
    )


_PERSON = Statement(_with_standing, key=-1)


def person_with_standing(key: Any) -> Person | None:
    """The person with that primary key, with what every page asks about them: one statement.

    Their open roles, whether they have a second factor, and what apps furnish as `standing`.
    """
    found = _PERSON.first(key=key)
    if found is None:
        return None
    found._global_roles = frozenset(found.standing_roles)
    found._has_second_factor = found.standing_factor
    person: Person = found
    return person


def has_second_factor(person: Any) -> bool:
    """Whether the person has set up a second factor; asked once per person object."""
    found: bool | None = getattr(person, "_has_second_factor", None)
    if found is None:
        found = person._has_second_factor = Authenticator.objects.filter(user_id=person.pk).exists()
    return found


def has_global_role(person: Any, *roles: Role) -> bool:
    """Whether the person holds one of the roles now."""
    return bool(global_roles(person) & {str(role) for role in roles})


def needs_second_factor(person: Any) -> bool:
    """Whether the person holds a role, here or furnished by an app, that asks for a second factor."""
    return bool(global_roles(person)) or any(asks(person) for asks in furnishings("second_factor"))


def holders_of(*roles: Role) -> QuerySet[Person]:
    """The people who hold one of the roles in the whole portal now, by name."""
    open_roles = GlobalRole.objects.filter(role__in=roles, until=None)
    return Person.objects.filter(pk__in=open_roles.values("person")).order_by("name", "pk")


def names_by_code(codes: Iterable[str]) -> dict[str, str]:
    """The names of the people with these public codes; codes of people who are gone are left out."""
    return {person.code: str(person) for person in Person.objects.filter(code__in=set(codes))}


def person_with_code(code: str) -> Person | None:
    """The person with this public code, if there is one."""
    return Person.objects.filter(code=code).first()


def people_found(words: str = "") -> QuerySet[Person]:
    """People whose name or address contains the words, with their open roles; all of them without words."""
    open_roles = Prefetch("global_roles", GlobalRole.objects.filter(until=None), to_attr="open_roles")
    found = Person.objects.prefetch_related(open_roles)
    return found.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else found


def invitations_sent() -> QuerySet[Invitation]:
    """All invitations, with who sent them."""
    return Invitation.objects.select_related("invited_by")


def own_data(person: Person) -> dict[str, Any]:
    """Everything that the apps know about the person, under the apps' own headings."""
    data: dict[str, Any] = {}
    for tell in furnishings("personal_data"):
        data |= tell(person)
    return data
