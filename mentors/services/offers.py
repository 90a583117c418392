"""Single offers: made by hand, opened, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.text import clean_text
from mentors.errors import (
    AnswersDateMissing,
    MentorNotCommitted,
    NotAnApplicantOfStream,
    OfferEnded,
    OfferExists,
    ReasonMissing,
)
from mentors.letters import OFFER, OFFER_WITHDRAWN, offer_facts
from mentors.models import Offer
from mentors.selectors.committing import uncommitted_among
from mentors.services.seats import lock_cohort, require_free_seat
from mentors.states import LIVE, OfferState

ANSWERS_DUE = EffectiveDeadline("application__cohort_id", MilestoneKind.ANSWERS_DUE, "application__person_id")


@transaction.atomic
def make_offer(*, application: Application, stream: Stream, reason: str, by: Any) -> Offer:
    """Prepare one offer by hand, beside or against the matching; the reason is kept with it.

    Raises `ReasonMissing`, `MentorNotCommitted`, `NotAnApplicantOfStream`, `OfferExists` and `NoSeatLeft`.
    """
    reason = clean_text(reason).strip()[:1000]
    if not reason:
        raise ReasonMissing
    if waiting := uncommitted_among(stream.cohort, [stream.code]):
        raise MentorNotCommitted(waiting)
    offer = add_offer(application, stream, reason=reason)
    note_offer(offer, "make offer", by, reason=True)
    return offer


def add_offer(application: Application, stream: Stream, *, reason: str = "", reserve_rank: int | None = None) -> Offer:
    """A prepared offer, under the locks. Raises `NotAnApplicantOfStream`, `NoSeatLeft` and `OfferExists`."""
    cohort = lock_cohort(stream.cohort)
    Stream.objects.select_for_update(no_key=True).get(pk=stream.pk)
    wanted = Application.objects.submitted().filter(pk=application.pk, preferences__stream=stream)
    if not wanted.exists():
        raise NotAnApplicantOfStream
    require_free_seat(cohort, stream)
    try:
        with transaction.atomic():
            return Offer.objects.create(
                application=application, stream=stream, reason=reason, reserve_rank=reserve_rank
            )
    except IntegrityError as error:
        raise OfferExists from error


def release_pending(keys: list[int], *, at_least: timedelta | None = None) -> None:
    """Open prepared offers by key, as `open_pending` does, and write their letters. Raises what it raises."""
    open_pending(keys, at_least=at_least)
    for told in Offer.objects.filter(pk__in=keys).select_related(
        "application__cohort", "application__person", "stream"
    ):
        _post(told)


def open_pending(keys: list[int], *, at_least: timedelta | None = None) -> None:
    """Release prepared offers by key, under the cohort's lock; whoever calls it sees to their letters.

    at_least: hold each offer at least so long, even when answers were due before.
    Raises `OfferEnded` when one of them is not pending any more, and `AnswersDateMissing`.
    """
    pending = Offer.objects.pending().filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    offers = list(pending.annotate(closes=ANSWERS_DUE, now=Now()))
    if len(offers) != len(keys):
        raise OfferEnded
    groups: dict[datetime, list[int]] = {}
    for offer in offers:
        closes = offer.closes
        if at_least is not None:
            closes = max(closes or offer.now, offer.now + at_least)
        if closes is None:
            raise AnswersDateMissing
        groups.setdefault(closes, []).append(offer.pk)
    for closes, group in groups.items():
        open_until = Offer.objects.pending().alias(closes=Value(closes, output_field=DateTimeField()))
        released = open_until.filter(pk__in=group, closes__gt=Now())
        if released.update(state=OfferState.RELEASED, released_at=Now(), expires_at=closes) != len(group):
            raise AnswersDateMissing


def expected_ends(keys: list[int]) -> dict[int, datetime]:
    """Until when each prepared offer would hold if it were released now."""
    ends = Offer.objects.filter(pk__in=keys).values_list("pk", ANSWERS_DUE)
    return {pk: end for pk, end in ends if end is not None}


def _post(offer: Offer) -> None:
    post_letter(
        kind=OFFER,
        key=f"offer:{offer.code}",
        to=offer.application.person,
        facts=offer_facts(offer),
        cohort=offer.application.cohort,
        about=f"mentors.offer:{offer.code}",
    )


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, by: Any) -> Offer:
    """Take an offer back. A prepared one vanishes silently; a released one is told to the applicant with the reason.

    The seat it held is free again. Raises `ReasonMissing` and `OfferEnded`.
    """
    reason = clean_text(reason).strip()[:1000]
    if not reason:
        raise ReasonMissing
    lock_cohort(offer.stream.cohort)
    was_told = offer.state != OfferState.PENDING
    live = Offer.objects.filter(pk=offer.pk, state=offer.state, state__in=LIVE)
    if live.update(state=OfferState.WITHDRAWN, reason=reason) != 1:
        raise OfferEnded
    offer.refresh_from_db()
    if was_told:
        post_letter(
            kind=OFFER_WITHDRAWN,
            key=f"offer withdrawn:{offer.code}",
            to=offer.application.person,
            facts=offer_facts(offer),
            cohort=offer.application.cohort,
            about=f"mentors.offer:{offer.code}",
        )
    note_offer(offer, "withdraw offer", by, reason=True)
    return offer


def note_offer(offer: Offer, verb: str, by: Any, *, reason: bool = False) -> None:
    """The journal entry of what was done with an offer."""
    facts = {"stream": offer.stream.code, "application": offer.application.code}
    if reason:
        facts["reason"] = offer.reason
    record(by=by, verb=verb, subject=offer, cohort=offer.stream.cohort, facts=facts)
