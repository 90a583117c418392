"""Whether the reserve may call by itself now, what waits for staff, and what moved lately."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Now

from mats_portal.cohorts.models import Cohort, Stream
from mentors.models import HeldCall, Offer, ReserveBrake
from mentors.selectors.offers import offers_visible_to
from mentors.states import HeldWhy, OfferState

WINDOW = timedelta(hours=24)
LEAST = 20  # The brake as it is while staff set none: 20 calls a day, or one in twenty of all offers so far.
STREAM_LEAST = 3
LATELY = timedelta(days=14)


def brake_on_calls(cohort: Cohort) -> int:
    """How many people a cohort's reserve calls in 24 hours by itself: what staff set, or 20, or 5 % of the offers."""
    most = ReserveBrake.objects.filter(cohort=cohort).values_list("most", flat=True).first()
    if most is not None:
        return most
    offered = Offer.objects.in_cohort(cohort).filter(released_at__isnull=False).count()
    return max(LEAST, offered // 20)


def calls_in_a_day(cohort: Cohort) -> QuerySet[Offer]:
    """The calls of the last 24 hours, without those before staff last let the reserve go on."""
    called = Offer.objects.in_cohort(cohort).filter(reserve_rank__isnull=False, released_at__gt=Now() - WINDOW)
    agreed = ReserveBrake.objects.filter(cohort=cohort).values_list("agreed_at", flat=True).first()
    return called.filter(released_at__gt=agreed) if agreed is not None else called


def held_by(cohort: Cohort, stream: Stream) -> HeldWhy | None:
    """What keeps the stream's reserve from being called by itself, or None.

    What is held stays held until staff decide, whatever the clock says: who declines on Tuesday does not go
    before who declined on Sunday.
    """
    waiting = HeldCall.objects.waiting().in_cohort(cohort)
    called = calls_in_a_day(cohort)
    if waiting.filter(why=HeldWhy.COHORT).exists() or called.count() >= brake_on_calls(cohort):
        return HeldWhy.COHORT
    own = called.filter(stream=stream).count()
    if waiting.filter(stream=stream).exists() or own >= max(STREAM_LEAST, stream.seats):
        return HeldWhy.STREAM
    return None


def held_calls(cohort: Cohort) -> QuerySet[HeldCall]:
    """The seats that wait for staff, oldest first."""
    return HeldCall.objects.waiting().in_cohort(cohort).select_related("stream")


def moves_lately(person: Any, cohort: Cohort) -> QuerySet[Any, Any]:
    """Seats given back and calls from the reserve in the last 14 days, newest first, as far as the person sees them.

    Rows of `at`, `what` (a state, or "called"), `person`, `application`, `stream`, `hue`, `now` (the offer's state).
    """
    seen = offers_visible_to(person).in_cohort(cohort).order_by()
    ended = seen.filter(state__in=(OfferState.DECLINED, OfferState.LAPSED)).annotate(
        at=Coalesce("answered_at", "expires_at"), what=F("state")
    )
    called = seen.filter(reserve_rank__isnull=False, released_at__isnull=False).annotate(
        at=F("released_at"), what=Value("called", output_field=CharField())
    )
    facts = {
        "person": F("application__person__name"),
        "application_code": F("application__code"),
        "stream_name": F("stream__name"),
        "hue": F("stream__hue"),
        "now": F("state"),
    }
    recent = Q(at__gt=Now() - LATELY)
    rows = [one.filter(recent).values("at", "what", **facts) for one in (ended, called)]
    return rows[0].union(rows[1], all=True).order_by("-at", "what")
