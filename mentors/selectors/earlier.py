"""What became of applications to other cohorts, in a few words and without a score."""

from __future__ import annotations

from collections.abc import Iterable

from applications.models import Application
from mentors.models import Offer, Ranking
from mentors.states import SEEN_BY_APPLICANT, OfferState

WORDS = {
    OfferState.RELEASED: "offered a place",
    OfferState.ACCEPTED: "offered a place, accepted",
    OfferState.DECLINED: "offered a place, declined",
    OfferState.LAPSED: "offered a place, not answered",
    OfferState.WITHDRAWN: "offered a place, withdrawn",
}


def outcomes(applications: Iterable[Application]) -> dict[int, str]:
    """By the application's key: the latest offer that was sent, or whether any stream ranked it. Two queries."""
    keys = [application.pk for application in applications]
    ranked = set(Ranking.objects.filter(application__in=keys).values_list("application_id", flat=True))
    offers = Offer.objects.filter(application__in=keys, released_at__isnull=False, state__in=SEEN_BY_APPLICANT)
    offered = dict(offers.order_by("released_at").values_list("application_id", "state"))
    ways = {key: "ranked, not offered a place" if key in ranked else "not ranked" for key in keys}
    return ways | {key: WORDS[OfferState(state)] for key, state in offered.items()}
