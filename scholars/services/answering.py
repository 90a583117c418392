"""Accept, decline, lapse. Each is one conditional update of the offer's row, judged by the database's clock.

Locks are taken cohort, stream, offer. What an answer sets free goes to the reserve in
the same transaction.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.services import record
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.services import post_letter
from mats_portal.web.text import clean_text
from mentors.models import Offer
from mentors.services import call_reserves, take_seat
from mentors.services.seats import lock_cohort
from mentors.states import OfferState
from scholars.errors import (
    NotYourOffer,
    OfferAnswered,
    OfferLapsed,
    OfferNotOverdue,
    OfferWithdrawn,
    StreamWithoutMentor,
)
from scholars.letters import DECLINED, ENROLLED, LAPSED, answer_facts
from scholars.models import Scholar
from scholars.selectors import brake_of, has_mentor_or_exception, overdue_offers
from scholars.services.memberships import open_membership

logger = logging.getLogger(__name__)
ANOTHER = "accepted another offer"


@transaction.atomic
def accept_offer(*, offer: Offer, by: Any) -> Scholar:
    """The applicant takes the seat and becomes a scholar; their other offers of the cohort end.

    Accepting twice gives the same scholar. Raises NotYourOffer, StreamWithoutMentor,
    OfferLapsed, OfferWithdrawn, OfferAnswered, and `mentors.errors.NoSeatLeft`.
    """
    _require_own(offer, by)
    cohort = lock_cohort(offer.stream.cohort)
    stream = Stream.objects.select_for_update(no_key=True).get(pk=offer.stream_id)
    open_offer = Offer.objects.open().filter(pk=offer.pk, expires_at__gt=Now())
    if open_offer.update(state=OfferState.ACCEPTED, answered_at=Now()) != 1:
        return _accepted_before(offer)
    if not has_mentor_or_exception(stream):
        raise StreamWithoutMentor
    take_seat(stream=stream)
    scholar = Scholar.objects.create(person=by, cohort=cohort, stream=stream, offer=offer)
    open_membership(person=by, cohort=cohort, role=CohortRole.SCHOLAR, stream=stream)
    freed = _end_others(offer)
    record(by=by, verb="accept offer", subject=offer, cohort=cohort, facts={"stream": stream.code})
    record(by=by, verb="enrol scholar", subject=scholar, cohort=cohort, facts={"stream": stream.code})
    _post(ENROLLED, offer)
    call_reserves(ended=freed)
    return scholar


@transaction.atomic
def decline_offer(*, offer: Offer, reason: str, by: Any) -> None:
    """The applicant gives the seat back; the reserve is called. Declining twice is declining.

    Raises NotYourOffer, OfferLapsed, OfferWithdrawn, OfferAnswered.
    """
    _require_own(offer, by)
    cohort = lock_cohort(offer.stream.cohort)
    open_offer = Offer.objects.open().filter(pk=offer.pk, expires_at__gt=Now())
    given = clean_text(reason).strip()[:1000]
    if open_offer.update(state=OfferState.DECLINED, answered_at=Now(), reason=given) != 1:
        offer.refresh_from_db()
        if offer.state == OfferState.DECLINED:
            return
        raise _why_not(offer)
    record(by=by, verb="decline offer", subject=offer, cohort=cohort, facts={"stream": offer.stream.code})
    _post(DECLINED, offer)
    call_reserves(ended=[offer])


@transaction.atomic
def lapse_offer(*, offer: Offer, by: Any = None) -> None:
    """End an offer whose time is over, tell the applicant, and call the reserve. Raises OfferNotOverdue."""
    cohort = lock_cohort(offer.stream.cohort)
    overdue = Offer.objects.open().filter(pk=offer.pk, expires_at__lte=Now())
    if overdue.update(state=OfferState.LAPSED) != 1:
        raise OfferNotOverdue
    offer.refresh_from_db()
    record(by=by, verb="lapse offer", subject=offer, cohort=cohort, facts={"stream": offer.stream.code})
    _post(LAPSED, offer)
    call_reserves(ended=[offer], by=by)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What a sweep did: how many lapsed, and how many wait for a person because they were too many at once."""

    lapsed: int = 0
    held_back: int = 0


def lapse_offers(*, cohort: Any = None, by: Any = None) -> Lapsed:
    """End every overdue offer, each in a transaction of its own.

    The schedule calls it without a cohort; then a cohort with more overdue offers than
    `brake_of` allows is left to its staff, who call it with their cohort. An offer is
    never open after its time in any case: accepting asks the clock itself.
    """
    by_cohort: dict[int, list[Offer]] = defaultdict(list)
    for offer in overdue_offers(cohort):
        by_cohort[offer.stream.cohort_id].append(offer)
    lapsed = held_back = 0
    for offers in by_cohort.values():
        if by is None and len(offers) > brake_of(offers[0].stream.cohort):
            held_back += len(offers)
            logger.warning("%d offers are overdue at once; programme staff decide.", len(offers))
            continue
        for offer in offers:
            lapsed += _lapse_if_overdue(offer, by)
    return Lapsed(lapsed, held_back)


def _lapse_if_overdue(offer: Offer, by: Any) -> int:
    try:
        lapse_offer(offer=offer, by=by)
    except OfferNotOverdue:
        return 0
    return 1


def _require_own(offer: Offer, by: Any) -> None:
    if offer.application.person_id != by.pk:
        raise NotYourOffer


def _accepted_before(offer: Offer) -> Scholar:
    """The scholar that an earlier click made; otherwise raises why the offer cannot be accepted."""
    offer.refresh_from_db()
    if offer.state == OfferState.ACCEPTED:
        return Scholar.objects.get(offer=offer)
    raise _why_not(offer)


def _why_not(offer: Offer) -> Exception:
    """Why an offer, as the database has it now, takes no answer."""
    if offer.state in (OfferState.ACCEPTED, OfferState.DECLINED):
        return OfferAnswered()
    if offer.state in (OfferState.WITHDRAWN, OfferState.PENDING):
        return OfferWithdrawn()
    return OfferLapsed()


def _end_others(accepted: Offer) -> list[Offer]:
    """Withdraw the applicant's other live offers of the cohort, and return them."""
    others = Offer.objects.live().filter(application=accepted.application).exclude(pk=accepted.pk)
    freed = []
    for other in others.select_for_update(of=("self",)).select_related("stream__cohort").order_by("stream_id"):
        Offer.objects.filter(pk=other.pk).update(state=OfferState.WITHDRAWN, reason=ANOTHER)
        facts = {"stream": other.stream.code, "reason": ANOTHER}
        record(by=None, verb="withdraw offer", subject=other, cohort=other.stream.cohort, facts=facts)
        freed.append(other)
    return freed


def _post(kind: LetterKind, offer: Offer) -> None:
    post_letter(
        kind=kind,
        to=offer.application.person,
        key=f"{kind.name}:{offer.code}",
        facts=answer_facts(offer),
        cohort=offer.application.cohort,
        about=f"mentors.offer:{offer.code}",
    )
