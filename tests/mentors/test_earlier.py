"""What is told of an earlier application: its end in a few words, and no score."""

from __future__ import annotations

import pytest

from mentors.models import Offer
from mentors.selectors.earlier import outcomes
from mentors.states import OfferState
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db


def test_end_of_an_earlier_application_is_told_from_the_ranking_and_from_what_was_sent() -> None:
    cohort = make.make_cohort()
    stream, rui = make.make_stream(cohort), world.make_staff(cohort)
    offer = world.released_offer(cohort, stream, rui)
    unranked = world.make_applicant(cohort, stream, name="Bo")
    ranked = offer.application
    assert outcomes([ranked, unranked]) == {ranked.pk: "offered a place", unranked.pk: "not ranked"}
    Offer.objects.filter(pk=offer.pk).update(released_at=None, expires_at=None, state=OfferState.PENDING)
    assert outcomes([ranked]) == {ranked.pk: "ranked, not offered a place"}
    assert outcomes([]) == {}
