"""Seats: counted on the stream, never beyond it. Locks are taken cohort first, then stream, then offer."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Sum

from mats_portal.cohorts.models import Cohort, Stream
from mentors.errors import NoSeatLeft
from mentors.models import Offer
from mentors.selectors.market import shared_room


def lock_cohort(cohort: Cohort) -> Cohort:
    """The cohort's row, locked, so that nothing else changes its seats or offers meanwhile."""
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def lock_streams(cohort: Cohort) -> list[Stream]:
    """All streams of the cohort, locked in the order of their keys."""
    return list(Stream.objects.select_for_update(no_key=True).filter(cohort=cohort).order_by("pk"))


@transaction.atomic
def take_seat(*, stream: Stream) -> None:
    """Count one seat of the stream as taken, within the stream's seats and the cohort's ceiling.

    Raises `NoSeatLeft`.
    """
    cohort = lock_cohort(stream.cohort)
    taken = Stream.objects.filter(cohort=cohort).aggregate(taken=Sum("seats_taken"))["taken"] or 0
    if taken >= cohort.seats:
        raise NoSeatLeft
    free = Stream.objects.filter(pk=stream.pk, seats_taken__lt=F("seats"))
    if free.update(seats_taken=F("seats_taken") + 1) != 1:
        raise NoSeatLeft


@transaction.atomic
def give_back_seat(*, stream: Stream) -> None:
    """Count one seat of the stream as free again. A stream with no taken seat stays at none."""
    lock_cohort(stream.cohort)
    Stream.objects.filter(pk=stream.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)


def require_free_seat(cohort: Cohort, stream: Stream) -> None:
    """Check, under the cohort's and the stream's lock, that one more offer of the stream can be held.

    Accepted, prepared and waiting offers all hold a seat, also of those that streams share. Raises `NoSeatLeft`.
    """
    live = Offer.objects.live().filter(stream__cohort=cohort)
    now = Stream.objects.get(pk=stream.pk)
    taken = Stream.objects.filter(cohort=cohort).aggregate(taken=Sum("seats_taken"))["taken"] or 0
    if now.seats_taken + live.filter(stream=stream).count() >= now.seats or taken + live.count() >= cohort.seats:
        raise NoSeatLeft
    if shared_room(cohort).get(stream.pk, 1) <= 0:
        raise NoSeatLeft
