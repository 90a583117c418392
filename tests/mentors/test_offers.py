"""Offers: one state at a time by the database's own rules, never more than the seats, the reserve in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.outbox.kinds import letter_kind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.errors import NoSeatLeft, NotAnApplicantOfStream, OfferEnded, OfferExists, ReasonMissing
from mentors.letters import is_still_open
from mentors.models import Offer
from mentors.services import (
    give_back_seat,
    make_offer,
    offer_to_reserve,
    take_seat,
    withdraw_offer,
)
from mentors.states import PUBLIC_WORDING, SEEN_BY_APPLICANT, TRANSITIONS, OfferState
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_line(seats: int = 1, names: tuple[str, ...] = ("Ada", "Bo", "Cy")) -> tuple[Cohort, Stream, Person]:
    """One stream whose mentors would take everybody, in the order of the names."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, seats=seats)
    rui = world.make_staff(cohort)
    world.rank(stream, rui, *(world.make_applicant(cohort, stream, name=name) for name in names))
    return cohort, stream, rui


def end(offer: Offer, state: OfferState) -> None:
    """Bring a released offer to an end, as its answer or its lapse would."""
    answered = Now() if state in (OfferState.ACCEPTED, OfferState.DECLINED) else None
    Offer.objects.filter(pk=offer.pk).update(state=state, answered_at=answered)


def test_every_state_of_an_offer_leads_where_its_table_says() -> None:
    assert set(TRANSITIONS) == set(OfferState)
    assert set(SEEN_BY_APPLICANT) == set(PUBLIC_WORDING) == set(OfferState) - {OfferState.PENDING}
    assert all(not TRANSITIONS[end] for end in TRANSITIONS[OfferState.RELEASED])


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "thinking"},
        {"state": OfferState.RELEASED},
        {"state": OfferState.ACCEPTED, "released_at": 0, "expires_at": 1},
        {"state": OfferState.LAPSED, "released_at": 0, "expires_at": 1, "answered_at": 1},
        {"state": OfferState.PENDING, "released_at": 0},
        {"state": OfferState.RELEASED, "released_at": 1, "expires_at": 0},
    ],
)
def test_the_database_refuses_an_offer_whose_moments_do_not_fit_its_state(wrong: dict[str, Any]) -> None:
    _, stream, _ = make_line()
    application = stream.rankings.all()[0].application
    moments = {0: timezone.now(), 1: timezone.now() + timedelta(days=1)}
    fields = {name: moments[value] if isinstance(value, int) else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(application=application, stream=stream, **fields)


def test_the_database_refuses_a_second_accepted_offer_and_a_second_live_one() -> None:
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort), make.make_stream(cohort)
    ada = world.make_applicant(cohort, one, two)
    now = timezone.now()
    told = {"application": ada, "released_at": now, "expires_at": now + timedelta(days=1)}
    Offer.objects.create(stream=one, state=OfferState.RELEASED, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(stream=one, application=ada)
    Offer.objects.update(state=OfferState.ACCEPTED, answered_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(stream=two, state=OfferState.ACCEPTED, answered_at=now, **told)


def test_make_offer_needs_a_reason_a_choice_and_a_seat() -> None:
    cohort, stream, rui = make_line(seats=1)
    other = make.make_stream(cohort)
    ada, bo, _ = (ranking.application for ranking in stream.rankings.all())
    with pytest.raises(ReasonMissing):
        make_offer(application=ada, stream=stream, reason=" ", by=rui)
    with pytest.raises(NotAnApplicantOfStream):
        make_offer(application=ada, stream=other, reason="Asked for", by=rui)
    offer = make_offer(application=ada, stream=stream, reason="Asked for", by=rui)
    assert offer.state == OfferState.PENDING
    with pytest.raises(NoSeatLeft):
        make_offer(application=bo, stream=stream, reason="Asked for", by=rui)
    Stream.objects.filter(pk=stream.pk).update(seats=2)
    with pytest.raises(OfferExists):
        make_offer(application=ada, stream=stream, reason="Again", by=rui)
    assert world.release_offer(offer, rui).state == OfferState.RELEASED
    assert Letter.objects.filter(kind="offer").count() == 1


def test_withdrawing_tells_only_who_was_told() -> None:
    _, stream, rui = make_line(seats=2)
    ada, bo, _ = (ranking.application for ranking in stream.rankings.all())
    silent = make_offer(application=ada, stream=stream, reason="x", by=rui)
    withdraw_offer(offer=silent, reason="A mistake", by=rui)
    assert not Letter.objects.exists()
    told = world.release_offer(make_offer(application=bo, stream=stream, reason="x", by=rui), rui)
    with pytest.raises(ReasonMissing):
        withdraw_offer(offer=told, reason="", by=rui)
    withdraw_offer(offer=told, reason="The stream cannot run.", by=rui)
    letter = Letter.objects.get(kind="offer withdrawn")
    assert "The stream cannot run." in letter.text
    with pytest.raises(OfferEnded):
        withdraw_offer(offer=told, reason="Again", by=rui)


def test_an_offers_letter_is_not_sent_once_the_offer_has_ended() -> None:
    cohort, _, rui = make_line()
    world.release_round(cohort, rui)
    letter = Letter.objects.get(kind="offer")
    assert is_still_open(letter)
    assert letter_kind("offer").still_due is is_still_open
    withdraw_offer(offer=Offer.objects.get(), reason="A mistake", by=rui)
    assert not is_still_open(letter)


def test_the_reserve_is_called_in_order_and_only_to_a_free_seat() -> None:
    cohort, stream, rui = make_line(seats=1)
    world.release_round(cohort, rui)
    assert offer_to_reserve(stream=stream, by=None) is None
    end(Offer.objects.get(), OfferState.DECLINED)
    called = offer_to_reserve(stream=stream, by=None)
    assert called is not None
    assert (called.application.person.name, called.reserve_rank, called.state) == ("Bo", 2, OfferState.RELEASED)
    assert offer_to_reserve(stream=stream, by=None) is None
    end(called, OfferState.LAPSED)
    third = offer_to_reserve(stream=stream, by=None)
    assert third is not None
    assert third.application.person.name == "Cy"
    end(third, OfferState.DECLINED)
    assert offer_to_reserve(stream=stream, by=None) is None


def test_the_reserve_passes_over_who_is_settled_or_below_the_bar() -> None:
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort, seats=1), make.make_stream(cohort, seats=1)
    rui = world.make_staff(cohort)
    ada, bo, cy, di = (world.make_applicant(cohort, one, two, name=name) for name in ("Ada", "Bo", "Cy", "Di"))
    world.rank(one, rui, ada, bo, cy, di, would_take=3)
    world.rank(two, rui, bo)
    world.release_round(cohort, rui)
    end(Offer.objects.get(application=ada), OfferState.DECLINED)
    called = offer_to_reserve(stream=one, by=None)
    assert called is not None
    assert called.application == cy
    end(called, OfferState.DECLINED)
    assert offer_to_reserve(stream=one, by=None) is None


def test_a_late_reserve_still_has_days_to_answer() -> None:
    cohort, stream, rui = make_line(seats=1)
    world.release_round(cohort, rui)
    end(Offer.objects.get(), OfferState.DECLINED)
    cohort.milestones.filter(kind="answers_due").update(at=Now())
    called = offer_to_reserve(stream=stream, by=None)
    assert called is not None
    assert called.expires_at is not None
    assert called.expires_at > timezone.now() + timedelta(days=4)


def test_take_seat_stops_at_the_streams_and_the_cohorts_seats() -> None:
    cohort = make.make_cohort(seats=2)
    one, two = make.make_stream(cohort, seats=1), make.make_stream(cohort, seats=3)
    take_seat(stream=one)
    with pytest.raises(NoSeatLeft):
        take_seat(stream=one)
    take_seat(stream=two)
    with pytest.raises(NoSeatLeft):
        take_seat(stream=two)
    give_back_seat(stream=one)
    take_seat(stream=two)
    two.refresh_from_db()
    assert two.seats_taken == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_calls_of_the_reserve_at_once_never_exceed_the_seats() -> None:
    _, stream, rui = make_line(seats=3, names=tuple("ABCDEFGH"))

    def call(_: int) -> None:
        try:
            offer_to_reserve(stream=stream, by=rui)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, range(20)))
    assert Offer.objects.live().count() == 3
    assert list(Offer.objects.order_by("reserve_rank").values_list("reserve_rank", flat=True)) == [1, 2, 3]
