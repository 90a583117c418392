"""Reads about cohorts and who belongs to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from mats_portal.cohorts.deadlines import last_minute, short_zone
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Extension, Membership, MembershipQuerySet, Milestone, Stream
from mats_portal.cohorts.states import (
    CLOSING_KINDS,
    GRACE_KINDS,
    PUBLIC_KINDS,
    ROLES_WITH_SECOND_FACTOR,
    CohortRole,
    MilestoneKind,
)
from mats_portal.people.models import Invitation, Person
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import InvitationState, Role
from mats_portal.web.components.moments import PathStep, say


@dataclass(frozen=True, slots=True)
class OpenRole:
    """One open membership, as policies need it."""

    cohort_id: int
    role: str
    stream_id: int | None


def standing() -> dict[str, Exists]:
    """Whether a person belongs to any cohort now: most applicants do not, and then nothing more is asked."""
    return {"is_member": Exists(Membership.objects.open().filter(person=OuterRef("pk")))}


def open_roles(person: Any) -> tuple[OpenRole, ...]:
    """The person's open memberships, newest cohort first; asked once per person object (so once per request).

    Brings the cohorts, too: every page needs both.
    """
    if not person.is_authenticated:
        return ()
    found: tuple[OpenRole, ...] | None = getattr(person, "_open_roles", None)
    if found is None:
        held = Membership.objects.open().filter(person_id=person.pk).select_related("cohort").order_by("cohort", "pk")
        rows = list(held) if getattr(person, "is_member", True) else []
        found = tuple(OpenRole(row.cohort_id, row.role, row.stream_id) for row in rows)
        person._open_roles = found
        person._own_cohorts = {row.cohort_id: row.cohort for row in rows}
    return found


def has_role(person: Any, cohort: Cohort | None, *roles: CohortRole) -> bool:
    """Whether the person holds one of the roles in the cohort (in any cohort when it is None)."""
    return any(held.role in roles and (cohort is None or held.cohort_id == cohort.pk) for held in open_roles(person))


def own_cohorts(person: Any, *roles: CohortRole) -> list[Cohort]:
    """The cohorts in which the person holds one of the roles now, newest first. Costs no statement of its own.

    For menus and the like, which every page has. Lists that go on to be narrowed start from `cohorts_run_by`.
    """
    held = {one.cohort_id for one in open_roles(person) if one.role in roles}
    return [cohort for key, cohort in person._own_cohorts.items() if key in held] if held else []


def letter_books(person: Any) -> list[Cohort]:
    """The cohorts whose letters the person may read: those they run."""
    return own_cohorts(person, CohortRole.STAFF)


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
    """When the milestone is, for the cohort as a whole; None while it is not set. Uses what was prefetched."""
    if "milestones" in getattr(cohort, "_prefetched_objects_cache", {}):
        return dates_of(cohort).get(kind)
    return Milestone.objects.filter(cohort=cohort, kind=kind).values_list("at", flat=True).first()


def effective_deadline(cohort: Cohort, kind: MilestoneKind, person: Any) -> datetime | None:
    """When the milestone is for this person: the cohort's, or their own extension where that is later.

    For showing. A write asks the database itself, with `deadlines_sql.EffectiveDeadline`.
    """
    own = EffectiveDeadline("pk", kind, person.pk)
    return Cohort.objects.filter(pk=cohort.pk).values_list(own, flat=True).order_by().first()


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


def streams_with_mentors(cohort: Cohort) -> QuerySet[Stream]:
    """The cohort's streams by name, each with its track and, as `mentors`, the open memberships of its mentors."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR).select_related("person").order_by("person__name")
    return streams_of(cohort).prefetch_related(Prefetch("memberships", mentors, to_attr="mentors"))


def memberships_of(cohort: Cohort) -> MembershipQuerySet:
    """Everybody who belongs or belonged to the cohort, with person and stream."""
    return Membership.objects.in_cohort(cohort).select_related("person", "stream")


def extensions_in(cohort: Cohort) -> QuerySet[Extension]:
    """The extensions of the cohort, of persons and of streams, latest first."""
    rows = Extension.objects.filter(cohort=cohort).select_related("person", "stream", "given_by")
    return rows.order_by("-given_at", "-id")


# Who of a stream has to meet which deadline; applicants are named by the storey that knows them.
CONCERNED = {
    MilestoneKind.REVIEWS_DUE: CohortRole.MENTOR,
    MilestoneKind.RANKINGS_DUE: CohortRole.MENTOR,
    MilestoneKind.PLANS_DUE: CohortRole.SCHOLAR,
}


def stream_people(stream: Stream, kind: MilestoneKind) -> QuerySet[Person]:
    """The members of a stream whom a deadline of this kind concerns, by name."""
    if kind not in CONCERNED:
        return Person.objects.none()
    held = Membership.objects.open().filter(stream=stream, role=CONCERNED[kind])
    return Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk")


def grace_in(cohort: Cohort) -> dict[MilestoneKind, int]:
    """The minutes of grace after what closes in the cohort, for its staff only."""
    rows = Milestone.objects.filter(cohort=cohort, kind__in=GRACE_KINDS).values_list("kind", "grace_minutes")
    return {MilestoneKind(kind): minutes for kind, minutes in rows}


def dates_of(cohort: Cohort) -> dict[MilestoneKind, datetime]:
    """All milestones of the cohort that are set. Uses what was prefetched."""
    return {MilestoneKind(row.kind): row.at for row in cohort.milestones.all()}


def path_of(cohort: Cohort, kinds: Collection[MilestoneKind] = PUBLIC_KINDS) -> list[PathStep]:
    """The cohort's milestones of these kinds, in order of time, as the path shows them."""
    dates = sorted(dates_of(cohort).items(), key=lambda item: item[1])
    return [
        PathStep(kind.label, at, text=_words(cohort, kind, at), short=day_of(kind, at, cohort.zone, cohort.zone))
        for kind, at in dates
        if kind in kinds
    ]


def day_of(kind: str, at: datetime, zone: str, told_in: str | None = None) -> str:
    """The day of a milestone, in the reader's zone or in `told_in`.

    What closes at a midnight of `zone`, the official one, closes on the day before.
    """
    return say(last_minute(at, zone) if kind in CLOSING_KINDS else at, "date", told_in)


def _words(cohort: Cohort, kind: MilestoneKind, at: datetime) -> str:
    """A deadline with its minute, official zone at the side; other milestones by their day."""
    if kind not in CLOSING_KINDS:
        return say(at, "date", cohort.zone)
    told = last_minute(at, cohort.zone)
    return f"{say(told, 'moment', cohort.zone)} {short_zone(told, cohort.zone)}"


def public_cohorts() -> QuerySet[Cohort]:
    """What everybody may see, newest first, with milestones."""
    return Cohort.objects.filter(is_public=True).prefetch_related("milestones")


def cohorts_open_at(now: datetime) -> list[Cohort]:
    """Public cohorts that take interest or applications at the moment (for showing); the first to close comes first."""
    found = []
    for cohort in public_cohorts():
        dates = dates_of(cohort)
        opens = dates.get(MilestoneKind.INTEREST_OPENS) or dates.get(MilestoneKind.APPLICATIONS_OPEN)
        closes = dates.get(MilestoneKind.APPLICATIONS_CLOSE)
        if opens and closes and opens <= now < closes:
            found.append((closes, cohort.pk, cohort))
    return [cohort for _, _, cohort in sorted(found)]


def cohorts_set_up_by(person: Any) -> QuerySet[Cohort]:
    """The cohorts whose set-up pages the person may see."""
    if has_global_role(person, Role.ADMIN):
        return Cohort.objects.all()
    return cohorts_run_by(person)


def invitations_to(cohort: Cohort) -> QuerySet[Invitation]:
    """Open invitations to roles in the cohort, newest first."""
    rows = Invitation.objects.filter(purpose="membership", target=cohort.slug, state=InvitationState.OPEN)
    return rows.select_related("invited_by").order_by("-invited_at", "-id")


def staff_counts(cohort: Cohort) -> dict[str, int]:
    """How many people hold each role in the cohort now."""
    rows = (
        Membership.objects.open().in_cohort(cohort).values_list("role").annotate(models.Count("person", distinct=True))
    )
    return {CohortRole(role).label: count for role, count in rows.order_by("role")}


def seat_counts(cohort: Cohort) -> dict[str, int]:
    """Seats over all streams, and how many are taken."""
    sums = Stream.objects.filter(cohort=cohort).aggregate(seats=models.Sum("seats"), taken=models.Sum("seats_taken"))
    return {name: count or 0 for name, count in sums.items()}
