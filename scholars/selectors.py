"""Reads about scholars, the offers that wait, and the streams that lack a mentor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer
from scholars.models import MentorlessException, Scholar, Switch

LEAST_BRAKE = 20


def has_mentor_or_exception(stream: Stream) -> bool:
    """Whether somebody may join the stream: it has a mentor now, or an exception with a reason."""
    return (
        Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=stream).exists()
        or MentorlessException.objects.filter(stream=stream).exists()
    )


def streams_with_seats(cohort: Cohort) -> list[Any]:
    """The streams of the cohort by name: seats, `is_led` (has a mentor now), and their exception if there is one."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=OuterRef("pk"))
    found = Stream.objects.filter(cohort=cohort).annotate(is_led=Exists(mentors))
    return list(found.select_related("mentorless_exception__recorded_by"))


def streams_without_mentor(cohort: Cohort) -> list[Any]:
    """Those of them that have no mentor now."""
    return [stream for stream in streams_with_seats(cohort) if not stream.is_led]


def overdue_offers(cohort: Cohort | None = None) -> list[Offer]:
    """Released offers whose time is over by the database's clock, oldest first."""
    found = Offer.objects.open().filter(expires_at__lte=Now())
    if cohort is not None:
        found = found.filter(stream__cohort=cohort)
    related = found.select_related("stream__cohort", "application__person", "application__cohort")
    return list(related.order_by("expires_at", "pk"))


def brake_of(cohort: Cohort) -> int:
    """How many offers of a cohort may lapse in one sweep without a person: 20, or 5 % of those released."""
    released = Offer.objects.filter(stream__cohort=cohort, released_at__isnull=False).count()
    return max(LEAST_BRAKE, released // 20)


def open_offers_of(person: Any) -> QuerySet[Offer]:
    """The offers that this person can answer now, soonest to end first."""
    mine = Offer.objects.of(person).open().filter(expires_at__gt=Now())
    return mine.select_related("stream__cohort", "application__cohort").order_by("expires_at", "pk")


def unanswered_offers(*, before: datetime, after: datetime) -> QuerySet[Offer]:
    """Open offers that end after one moment and not after another."""
    found = Offer.objects.open().filter(expires_at__gt=after, expires_at__lte=before)
    return found.select_related("stream", "application__person", "application__cohort")


def mentors_of(streams: Iterable[int]) -> dict[int, list[str]]:
    """The names of the mentors of each stream now, by the stream's key."""
    found: dict[int, list[str]] = {}
    rows = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream__in=set(streams))
    for row in rows.select_related("person").order_by("person__name"):
        found.setdefault(row.stream_id or 0, []).append(str(row.person))
    return found


def peers_of(scholar: Scholar) -> QuerySet[Scholar]:
    """The others in the scholar's stream now."""
    found: QuerySet[Scholar] = Scholar.objects.active().filter(stream=scholar.stream_id).exclude(pk=scholar.pk)
    return found.select_related("person").order_by("person__name")


def active_scholarship(person: Any) -> Scholar | None:
    """Where the person is a scholar now, if they are."""
    found: Scholar | None = Scholar.objects.active().of(person).select_related("cohort", "stream", "person").first()
    return found


def history_of(scholar: Scholar) -> tuple[list[Switch], list[Membership]]:
    """The scholar's changes of stream, and their membership rows of the cohort, oldest first."""
    switches = scholar.switches.select_related("origin", "target", "decided_by").order_by("at", "pk")
    rows = Membership.objects.in_cohort(scholar.cohort).filter(person=scholar.person_id)
    own = rows.in_role(CohortRole.SCHOLAR, CohortRole.ALUMNUS).select_related("stream").order_by("since", "pk")
    return list(switches), list(own)


def switch_counts(cohort: Cohort) -> dict[str, int]:
    """How many changed stream, by reason."""
    rows = Switch.objects.filter(scholar__cohort=cohort).values_list("reason").annotate(n=Count("pk")).order_by()
    return dict(rows)


def chosen_people(cohort: Cohort) -> QuerySet[Any]:
    """The keys of those who took a seat in the cohort."""
    return Scholar.objects.filter(cohort=cohort).values_list("person", flat=True)
