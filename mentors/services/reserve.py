"""The reserve: who is called when a seat falls free, in the transaction that freed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.services import record
from mentors.matching import drawn_number
from mentors.models import Draw, HeldCall, Offer, Ranking
from mentors.selectors import free_seats
from mentors.selectors.braking import held_by
from mentors.selectors.market import shared_room
from mentors.services.offers import add_offer, note_offer, release_pending
from mentors.services.seats import lock_cohort
from mentors.states import LIVE, OfferState

RESERVE_HOLDS = timedelta(days=5)  # Somebody called late has at least this long to answer.


@transaction.atomic
def offer_to_reserve(*, stream: Stream, by: Any) -> Offer | None:
    """Call the next of the stream's order to a free seat, and release that offer at once.

    Next is the first above the bar who is still submitted, was never offered this stream, and
    has neither accepted an offer of the cohort nor one waiting; within a tier the number that they drew decides.
    Returns None when nobody is left or no seat is free. Call it in the transaction that freed the seat.
    """
    cohort = lock_cohort(stream.cohort)
    Stream.objects.select_for_update(no_key=True).get(pk=stream.pk)
    following = next_of_reserve(stream, cohort)
    if following is None:
        return None
    offer = add_offer(following.application, stream, reserve_rank=following.rank)
    release_pending([offer.pk], at_least=RESERVE_HOLDS)
    offer.refresh_from_db()
    note_offer(offer, "call reserve", by)
    return offer


def call_reserves(*, ended: Iterable[Offer], by: Any = None) -> None:
    """After these offers ended, under the cohort's lock: one call for each seat that somebody may now want.

    by: whoever of the staff asked for it; nobody: then calls beyond the brake wait for staff.

    First each stream whose seat fell free. Then the other streams that would take one of these applicants: while
    their offer stood they were passed over there, and a seat may have stayed empty for want of them. Then, if
    only the cohort's ceiling kept seats empty, the other streams by name.
    """
    ended = list(ended)
    if not ended:
        return
    cohort = ended[0].stream.cohort
    was_at_ceiling = free_seats(cohort)[1] <= len(ended)
    freed = {offer.stream_id: offer.stream for offer in ended}
    applicants = [offer.application_id for offer in ended]
    others = Stream.objects.filter(cohort=cohort).exclude(pk__in=freed).order_by("name", "pk")
    if not was_at_ceiling:
        others = others.filter(pk__in=_wanting(applicants).values("stream"))
    for stream in [*freed.values(), *others]:
        _call_or_hold(stream, cohort, by)


def _call_or_hold(stream: Stream, cohort: Cohort, by: Any) -> None:
    """Call the next, or write down that the seat waits: once for each seat, and only while somebody would come."""
    why = held_by(cohort, stream) if by is None else None
    if why is None:
        offer_to_reserve(stream=stream, by=by)
    elif next_of_reserve(stream, cohort) is not None:
        free, ceiling = free_seats(cohort)
        if HeldCall.objects.waiting().filter(stream=stream).count() < min(free[stream.pk], ceiling):
            HeldCall.objects.create(stream=stream, why=why)
            record(by=None, verb="hold reserve back", subject=stream, cohort=cohort, facts={"why": str(why)})


def _wanting(applications: list[int]) -> QuerySet[Ranking]:
    """The places above the bar that these applicants have in streams of their choice."""
    return Ranking.objects.filter(
        application__in=applications, is_acceptable=True, application__preferences__stream=F("stream")
    )


def next_of_reserve(stream: Stream, cohort: Cohort) -> Ranking | None:
    """Who would be called to the stream now, under the locks; None when nobody is left or no seat is free."""
    return None if _is_full(cohort, stream) else _next(stream, cohort)


def _next(stream: Stream, cohort: Cohort) -> Ranking | None:
    settled = Offer.objects.filter(stream__cohort=cohort, state__in=[*LIVE, OfferState.ACCEPTED])
    waiting = (
        Ranking.objects.filter(stream=stream, is_acceptable=True, application__state=ApplicationState.SUBMITTED)
        .exclude(application__in=Offer.objects.filter(stream=stream).values("application"))
        .exclude(application__in=settled.values("application"))
        .filter(application__preferences__stream=stream)
    )
    first = waiting.order_by("rank").values_list("rank", flat=True).first()
    if first is None:
        return None
    breaks = Ranking.objects.filter(stream=stream, is_level=False)
    after = breaks.filter(rank__gt=first).order_by("rank").values_list("rank", flat=True).first()
    tier = waiting.filter(rank__lt=after) if after is not None else waiting
    seed = Draw.objects.filter(cohort=cohort).values_list("seed", flat=True).first() or ""
    level = tier.select_related("application__cohort")
    return min(level, key=lambda one: drawn_number(seed, one.application.code))


def _is_full(cohort: Cohort, stream: Stream) -> bool:
    free, ceiling = free_seats(cohort)
    return free[stream.pk] <= 0 or ceiling <= 0 or shared_room(cohort).get(stream.pk, 1) <= 0
