"""What ends with an application: its offers, and the seats they held go to whoever is next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from applications.models import Application
from mats_portal.journal.services import record
from mentors.errors import SeatAccepted
from mentors.models import Offer
from mentors.services.reserve import call_reserves
from mentors.services.seats import lock_cohort, lock_streams
from mentors.states import OfferState

REASON = "the application was withdrawn"


@contextmanager
def end_offers(*, application: Application, by: Any) -> Iterator[None]:
    """Around the withdrawing of an application, in its transaction: end its live offers, then call the reserve.

    The reserve is called when the application has left the lists, so that its person is not called themselves; and
    only for offers that were released, since a prepared one is still a secret. The letter about the withdrawal is
    the only letter. Raises `SeatAccepted`: whoever has a seat gives it back by leaving.
    """
    cohort = lock_cohort(application.cohort)
    lock_streams(cohort)
    own = Offer.objects.filter(application=application)
    if own.filter(state=OfferState.ACCEPTED).exists():
        raise SeatAccepted
    live = own.live().select_for_update(of=("self",)).select_related("stream__cohort").order_by("stream_id")
    ended = list(live)
    for offer in ended:
        Offer.objects.filter(pk=offer.pk).update(state=OfferState.WITHDRAWN, reason=REASON)
        facts = {"stream": offer.stream.code, "application": application.code, "reason": REASON}
        record(by=by, verb="withdraw offer", subject=offer, cohort=cohort, facts=facts)
    yield
    call_reserves(ended=[offer for offer in ended if offer.state == OfferState.RELEASED])
