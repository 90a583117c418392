"""What goes into the matching, and which offers a person may know of."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from django.db.models import Q, Sum

from applications.models import Application, Preference
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer, OfferQuerySet, Ranking
from mentors.selectors.reviewing import conflicted_applications
from mentors.states import LIVE, SEEN_BY_APPLICANT, OfferState


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


def free_seats(cohort: Cohort, *, count_prepared: bool = True) -> tuple[dict[int, int], int]:
    """Seats of each stream, by key in the order of names, and of the whole cohort, not taken and not held.

    count_prepared: whether the offers that a round has prepared hold seats; they do
    for everything but the next run of the matching, which would replace them. Never below 0.
    """
    live = Offer.objects.live().filter(stream__cohort=cohort)
    if not count_prepared:
        live = live.exclude(PREPARED_BY_ROUND)
    held = Counter(live.values_list("stream_id", flat=True))
    streams = Stream.objects.filter(cohort=cohort).order_by("name", "pk")
    free = {stream.pk: max(stream.seats - stream.seats_taken - held[stream.pk], 0) for stream in streams}
    taken = streams.aggregate(taken=Sum("seats_taken"))["taken"] or 0
    return free, max(cohort.seats - taken - held.total(), 0)


def selection_inputs(cohort: Cohort) -> dict[str, Any]:
    """Everything that the matching is run on, by public codes, in one fixed order.

    Applicants with an accepted offer, one that waits for an answer, or one prepared by hand
    are settled: they are left out, and their seats are not free. What a round has
    prepared changes nothing. Only what streams would take is in the rankings.
    """
    settled = Offer.objects.filter(Q(state__in=LIVE) | Q(state=OfferState.ACCEPTED), stream__cohort=cohort)
    settled = settled.exclude(PREPARED_BY_ROUND)
    free, ceiling = free_seats(cohort, count_prepared=False)
    codes = dict(Stream.objects.filter(cohort=cohort).values_list("pk", "code"))
    waiting = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=settled.values("application"))
    preferences: dict[str, list[str]] = {}
    chosen = Preference.objects.filter(application__in=waiting).order_by("application__code", "rank")
    for application, stream in chosen.values_list("application__code", "stream_id"):
        preferences.setdefault(application, []).append(codes[stream])
    rankings: dict[str, list[str]] = {codes[stream]: [] for stream in free}
    ranked = Ranking.objects.filter(stream__cohort=cohort, is_acceptable=True, application__in=waiting)
    for stream, application in ranked.order_by("rank").values_list("stream_id", "application__code"):
        rankings[codes[stream]].append(application)
    seats = {codes[stream]: number for stream, number in free.items()}
    return {"preferences": preferences, "rankings": rankings, "seats": seats, "cohort_seats": ceiling}


def canonical(content: Any) -> str:
    """The one way a round is written down: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
