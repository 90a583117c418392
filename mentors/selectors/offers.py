"""Which offers a person may know of, which seats are free, and how a round is written down."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from django.db.models import Q, Sum

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer, OfferQuerySet
from mentors.selectors.reviewing import conflicted_applications
from mentors.states import SEEN_BY_APPLICANT, OfferState


def offers_visible_to(person: Any) -> OfferQuerySet:
    """Their own once released; all for staff of the cohort; their streams' once released for mentors."""
    if not person.is_authenticated:
        return Offer.objects.none()
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    released = Q(state__in=SEEN_BY_APPLICANT, released_at__isnull=False)
    own = Q(application__person_id=person.pk) & released
    led = Q(stream__in=streams_led_by(person)) & released
    others = (Q(application__cohort__in=run) | led) & ~Q(application__in=conflicted_applications(person))
    return Offer.objects.filter(own | (others & ~Q(application__person_id=person.pk)))


PREPARED_BY_ROUND = Q(round__isnull=False, state=OfferState.PENDING)


def free_seats(cohort: Cohort) -> tuple[dict[int, int], int]:
    """Seats of each stream, by key in the order of names, and of the cohort, not taken and not held. Never below 0."""
    live = Offer.objects.live().filter(stream__cohort=cohort)
    held = Counter(live.values_list("stream_id", flat=True))
    streams = Stream.objects.filter(cohort=cohort).order_by("name", "pk")
    free = {stream.pk: max(stream.seats - stream.seats_taken - held[stream.pk], 0) for stream in streams}
    taken = streams.aggregate(taken=Sum("seats_taken"))["taken"] or 0
    return free, max(cohort.seats - taken - held.total(), 0)


def canonical(content: Any) -> str:
    """The one way a round is written down: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
