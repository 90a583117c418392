"""Reads about cohorts and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mats_portal.cohorts.models import Cohort, Extension, Membership, Milestone, Stream
from mats_portal.cohorts.states import ROLES_WITH_SECOND_FACTOR, CohortRole, MilestoneKind
from mats_portal.people.models import Person
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role


@dataclass(frozen=True, slots=True)
class OpenRole:
    """One open membership, as policies need it."""

    cohort_id: int
    role: str
    stream_id: int | None


def open_roles(person: Any) -> tuple[OpenRole, ...]:
    """The person's open memberships, asked once per person object (so once per request)."""
    if not person.is_authenticated:
        return ()
    found: tuple[OpenRole, ...] | None = getattr(person, "_open_roles", None)
    if found is None:
        rows = Membership.objects.open().filter(person_id=person.pk).values_list("cohort_id", "role", "stream_id")
        found = tuple(OpenRole(*row) for row in rows)
        person._open_roles = found
    return found


def has_role(person: Any, cohort: Cohort | None, *roles: CohortRole) -> bool:
    """Whether the person holds one of the roles in the cohort (in any cohort when it is None)."""
    return any(held.role in roles and (cohort is None or held.cohort_id == cohort.pk) for held in open_roles(person))


def needs_second_factor(person: Any) -> bool:
    """Whether the person has a role in a cohort that asks for a second factor."""
    return has_role(person, None, *ROLES_WITH_SECOND_FACTOR)


def streams_led_by(person: Any) -> frozenset[int]:
    """The primary keys of the streams whose mentor this person is."""
    return frozenset(
        held.stream_id for held in open_roles(person) if held.role == CohortRole.MENTOR and held.stream_id is not None
    )


def cohorts_visible_to(person: Any) -> QuerySet[Cohort]:
    """Public cohorts, and those the person belongs to; administrators see all."""
    if has_global_role(person, Role.ADMIN, Role.COORDINATOR):
        return Cohort.objects.all()
    own = [held.cohort_id for held in open_roles(person)]
    return Cohort.objects.filter(is_public=True) | Cohort.objects.filter(pk__in=own)


def cohorts_run_by(person: Any) -> QuerySet[Cohort]:
    """The cohorts of which this person is programme staff."""
    own = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    return Cohort.objects.filter(pk__in=own)


def milestone(cohort: Cohort, kind: MilestoneKind) -> datetime | None:
    """When the milestone is, for the cohort as a whole; None while it is not set."""
    return Milestone.objects.filter(cohort=cohort, kind=kind).values_list("at", flat=True).first()


def effective_deadline(cohort: Cohort, kind: MilestoneKind, person: Any) -> datetime | None:
    """When the milestone is for this person: the cohort's, or their own extension where that is later.

    For showing. A write asks the database itself, with `deadlines_sql.EffectiveDeadline`.
    """
    own = Extension.objects.filter(cohort=cohort, kind=kind, person_id=person.pk).values_list("at", flat=True).first()
    return max(filter(None, (own, milestone(cohort, kind))), default=None)


def streams_of(cohort: Cohort) -> QuerySet[Stream]:
    """The cohort's streams by name, with their tracks."""
    return Stream.objects.filter(cohort=cohort).select_related("track")


def cohorts_with_role(person: Any, *roles: CohortRole) -> QuerySet[Cohort]:
    """The cohorts in which this person holds one of the roles now."""
    return Cohort.objects.filter(pk__in=[held.cohort_id for held in open_roles(person) if held.role in roles])


def members_of(cohort: Cohort, *roles: CohortRole) -> QuerySet[Person]:
    """The people who hold one of the roles in the cohort now, by name."""
    open_memberships = Membership.objects.open().in_cohort(cohort).in_role(*roles)
    return Person.objects.filter(pk__in=open_memberships.values("person")).order_by("name", "pk")
