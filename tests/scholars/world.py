"""Small worlds of offers and scholars."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mentors.models import Offer
from mentors.states import OfferState
from scholars.models import Scholar
from scholars.services import accept_offer
from tests import make
from tests.mentors.world import fresh, make_applicant, make_mentor, make_staff, rank

__all__ = ["accept", "fresh", "make_led_stream", "make_mentor", "make_released", "make_scholar", "make_staff", "rank"]


def make_led_stream(cohort: Cohort | None = None, name: str = "", **fields: Any) -> Stream:
    """A stream that Mira mentors."""
    stream = make.make_stream(cohort or make.make_cohort(), name, **fields)
    make_mentor(stream)
    return stream


def make_released(
    stream: Stream, name: str = "Ada", *, person: Person | None = None, ends_in: timedelta = timedelta(days=7)
) -> Offer:
    """An offer of the stream that waits for the person's answer."""
    application = make_applicant(stream.cohort, stream, name=name, person=person)
    return release(application, stream, ends_in=ends_in)


def release(application: Any, stream: Stream, *, ends_in: timedelta = timedelta(days=7)) -> Offer:
    """An offer to an applicant, released a month ago."""
    now = timezone.now()
    return Offer.objects.create(
        application=application,
        stream=stream,
        state=OfferState.RELEASED,
        released_at=now - timedelta(days=30),
        expires_at=now + ends_in,
    )


def accept(offer: Offer) -> Scholar:
    """The person accepts."""
    return accept_offer(offer=offer, by=fresh(offer.application.person))


def make_scholar(stream: Stream, name: str = "Sam", *, person: Person | None = None) -> Scholar:
    """Somebody who accepted a seat in the stream; Mira mentors it if nobody does."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=stream)
    if not mentors.exists():
        make_mentor(stream)
    return accept(make_released(stream, name, person=person))
