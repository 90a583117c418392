"""An application that is withdrawn takes its offers with it."""

from __future__ import annotations

import pytest

from applications.models import Application
from applications.services import withdraw_application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.outbox.models import Letter
from mentors.errors import SeatAccepted
from mentors.models import Offer
from mentors.states import OfferState
from tests import make
from tests.conftest import SignIn
from tests.mentors.world import make_applicant, make_mentor, make_staff, rank, release_round
from tests.scholars.world import accept

pytestmark = pytest.mark.django_db


def one_seat() -> tuple[Cohort, Stream, Application, Application]:
    """A stream of one seat, offered to Ada, with Bea next in its order."""
    cohort = make.make_cohort(seats=10)
    stream = make.make_stream(cohort, seats=1)
    ada, bea = (make_applicant(cohort, stream, name=name) for name in ("Ada", "Bea"))
    rank(stream, make_mentor(stream), ada, bea)
    release_round(cohort, make_staff(cohort))
    return cohort, stream, ada, bea


def test_withdrawing_ends_the_waiting_offer_and_calls_the_reserve() -> None:
    _, _, ada, bea = one_seat()
    withdraw_application(application=ada, by=ada.person)
    ended, called = Offer.objects.get(application=ada), Offer.objects.get(application=bea)
    assert (ended.state, ended.reason) == (OfferState.WITHDRAWN, "the application was withdrawn")
    assert (called.state, called.reserve_rank) == (OfferState.RELEASED, 2)
    kinds = set(Letter.objects.filter(recipient=ada.person).values_list("kind", flat=True))
    assert "application withdrawn" in kinds
    assert "offer withdrawn" not in kinds


def test_withdrawing_one_of_two_offers_never_calls_the_same_person() -> None:
    cohort = make.make_cohort(seats=10)
    first, second = (make.make_stream(cohort, seats=1) for _ in range(2))
    ada = make_applicant(cohort, first, second)
    rank(first, make_mentor(first), ada)
    rank(second, make_mentor(second, "Max"), ada)
    release_round(cohort, make_staff(cohort))
    withdraw_application(application=ada, by=ada.person)
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.WITHDRAWN}


def test_prepared_offer_vanishes_and_nobody_is_called_before_the_release() -> None:
    _, _, ada, _ = one_seat()
    Offer.objects.filter(application=ada).update(state=OfferState.PENDING, released_at=None, expires_at=None)
    withdraw_application(application=ada, by=ada.person)
    assert Offer.objects.get().state == OfferState.WITHDRAWN


def test_whoever_accepted_a_seat_keeps_the_application(sign_in: SignIn) -> None:
    cohort, _, ada, _ = one_seat()
    accept(Offer.objects.get(application=ada))
    with pytest.raises(SeatAccepted):
        withdraw_application(application=ada, by=ada.person)
    page = sign_in(ada.person).post(f"/cohorts/{cohort.slug}/apply/withdraw/", follow=True)
    assert "Write to the programme staff" in page.content.decode()
    ada.refresh_from_db()
    assert ada.state == ApplicationState.SUBMITTED


def test_application_without_offers_is_withdrawn_as_before() -> None:
    cohort = make.make_cohort()
    ada = make_applicant(cohort, make.make_stream(cohort))
    assert withdraw_application(application=ada, by=ada.person).state == ApplicationState.WITHDRAWN
