"""Accept, decline, lapse: one outcome each, by the database's clock, and the reserve in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.outbox.kinds import letter_kind
from mats_portal.outbox.models import Letter
from mentors.errors import NoSeatLeft
from mentors.models import Offer
from mentors.services import withdraw_offer
from mentors.states import OfferState
from scholars.errors import (
    NotYourOffer,
    OfferAnswered,
    OfferLapsed,
    OfferNotOverdue,
    OfferWithdrawn,
    StreamWithoutMentor,
)
from scholars.letters import due
from scholars.models import Scholar
from scholars.selectors import brake_of
from scholars.services import accept_offer, allow_mentorless, decline_offer, lapse_offer, lapse_offers
from scholars.tasks import lapse
from tests import make
from tests.mentors.world import make_applicant
from tests.scholars.world import accept, fresh, make_led_stream, make_released, make_staff, rank, release

pytestmark = pytest.mark.django_db


def state_of(offer: Offer) -> str:
    """The offer's state as the database has it."""
    return Offer.objects.values_list("state", flat=True).get(pk=offer.pk)


def letters(kind: str) -> int:
    """How many letters of a kind there are."""
    return Letter.objects.filter(kind=kind).count()


def test_accepting_makes_a_scholar_with_a_seat_a_membership_and_a_letter() -> None:
    offer = make_released(make_led_stream())
    scholar = accept(offer)
    offer.refresh_from_db()
    offer.stream.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED
    assert offer.answered_at is not None
    assert offer.stream.seats_taken == 1
    ada = offer.application.person
    membership = Membership.objects.open().get(person=ada, role=CohortRole.SCHOLAR)
    assert (membership.stream, membership.side) == (offer.stream, "neither")
    assert (scholar.person, scholar.cohort, scholar.stream) == (ada, offer.application.cohort, offer.stream)
    assert letters("offer accepted") == 1
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"accept offer", "enrol scholar"}


def test_accepting_twice_gives_the_same_scholar_and_one_letter() -> None:
    offer = make_released(make_led_stream())
    assert accept(offer) == accept(offer)
    assert letters("offer accepted") == 1
    assert Scholar.objects.count() == 1


def test_somebody_elses_offer_cannot_be_answered() -> None:
    offer = make_released(make_led_stream())
    nobody = make.make_person("Nobody")
    for answer in (accept_offer, decline_offer):
        with pytest.raises(NotYourOffer):
            answer(offer=offer, by=nobody, **({"reason": ""} if answer is decline_offer else {}))


@pytest.mark.parametrize(
    ("ends_in", "is_open"),
    [(timedelta(seconds=-1), False), (timedelta(microseconds=-1), False), (timedelta(minutes=1), True)],
)
def test_accepting_is_judged_by_the_clock_of_the_database(ends_in: timedelta, is_open: bool) -> None:
    offer = make_released(make_led_stream())
    Offer.objects.filter(pk=offer.pk).update(expires_at=Now() + ends_in)
    if is_open:
        accept(offer)
        return
    for _ in range(2):
        with pytest.raises(OfferLapsed):
            accept(offer)
    assert not Scholar.objects.exists()
    assert state_of(offer) == OfferState.RELEASED  # the sweep tidies up; it decides nothing


def test_ended_offers_say_how_they_ended() -> None:
    stream = make_led_stream(seats=9)
    withdrawn, declined, accepted = (make_released(stream, name) for name in ("Wim", "Dee", "Abe"))
    withdraw_offer(offer=withdrawn, reason="made by mistake", by=make_staff(stream.cohort))
    decline_offer(offer=declined, reason="", by=declined.application.person)
    accept(accepted)
    with pytest.raises(OfferWithdrawn):
        accept(withdrawn)
    with pytest.raises(OfferAnswered):
        accept(declined)
    with pytest.raises(OfferAnswered):
        decline_offer(offer=accepted, reason="", by=accepted.application.person)


def test_seats_of_the_stream_and_of_the_cohort_are_the_ceiling() -> None:
    cohort = make.make_cohort(seats=2)
    one, other = make_led_stream(cohort, "One", seats=1), make_led_stream(cohort, "Other", seats=5)
    accept(make_released(one, "Abe"))
    late = make_released(one, "Bea")
    with pytest.raises(NoSeatLeft):
        accept(late)
    assert state_of(late) == OfferState.RELEASED
    accept(make_released(other, "Cyd"))
    with pytest.raises(NoSeatLeft):
        accept(make_released(other, "Dan"))
    assert Scholar.objects.count() == 2


def test_accepting_ends_the_persons_other_offers_and_their_seats_go_on() -> None:
    cohort = make.make_cohort()
    here, there = make_led_stream(cohort, "Here", seats=1), make_led_stream(cohort, "There", seats=1)
    application = make_applicant(cohort, here, there)
    next_one = make_applicant(cohort, there, name="Bea")
    rank(there, make_staff(cohort), application, next_one)
    chosen, other = release(application, here), release(application, there)
    accept(chosen)
    assert state_of(other) == OfferState.WITHDRAWN
    called = Offer.objects.get(application=next_one)
    assert (called.state, called.stream, called.is_reserve) == (OfferState.RELEASED, there, True)
    with pytest.raises(OfferWithdrawn):
        accept(other)


def test_declining_calls_the_next_of_the_streams_order_once() -> None:
    stream = make_led_stream(seats=1)
    names = ("Ada", "Bea", "Cyd")
    applications = [make_applicant(stream.cohort, stream, name=name) for name in names]
    rank(stream, make_staff(stream.cohort), *applications, would_take=2)
    offer = release(applications[0], stream)
    for _ in range(2):
        decline_offer(offer=offer, reason="another plan", by=applications[0].person)
    called = Offer.objects.get(application=applications[1])
    assert called.state == OfferState.RELEASED
    decline_offer(offer=called, reason="", by=applications[1].person)
    assert not Offer.objects.filter(application=applications[2]).exists()  # below the bar
    assert letters("offer declined") == 2


def test_lapsing_takes_only_what_is_overdue() -> None:
    stream = make_led_stream(seats=3)
    over, running = make_released(stream, "Ola", ends_in=timedelta(seconds=-1)), make_released(stream, "Rob")
    with pytest.raises(OfferNotOverdue):
        lapse_offer(offer=running)
    lapse()
    lapse()
    assert (state_of(over), state_of(running)) == (OfferState.LAPSED, OfferState.RELEASED)
    assert letters("offer lapsed") == 1


def test_sweep_of_too_many_waits_for_a_person() -> None:
    stream = make_led_stream(seats=40)
    assert brake_of(stream.cohort) == 20
    for number in range(21):
        make_released(stream, f"Ada{number}", ends_in=timedelta(days=-1))
    swept = lapse_offers()
    assert (swept.lapsed, swept.held_back) == (0, 21)
    done = lapse_offers(cohort=stream.cohort, by=make_staff(stream.cohort))
    assert (done.lapsed, done.held_back) == (21, 0)


def test_stream_without_mentor_enrols_nobody_unless_the_reason_is_recorded() -> None:
    stream = make.make_stream(make.make_cohort())
    offer = make_released(stream)
    with pytest.raises(StreamWithoutMentor):
        accept(offer)
    assert state_of(offer) == OfferState.RELEASED
    allow_mentorless(stream=stream, reason="Mira starts in June.", by=make_staff(stream.cohort))
    assert accept(offer).stream == stream
    assert Entry.objects.filter(verb="allow stream without mentor").exists()


def test_reminder_goes_to_those_who_have_not_answered_and_only_them() -> None:
    stream = make_led_stream(seats=9)
    soon = make_released(stream, "Sue", ends_in=timedelta(hours=40))
    make_released(stream, "Far", ends_in=timedelta(hours=60))
    accept(make_released(stream, "Abe", ends_in=timedelta(hours=40)))
    from_reminder = letter_kind("offer unanswered")

    found = list(due(timezone.now()))
    assert [one.person for one in found] == [soon.application.person]
    letter = Letter(about=found[0].about)
    assert from_reminder.still_due is not None
    assert from_reminder.still_due(letter)
    decline_offer(offer=soon, reason="", by=fresh(soon.application.person))
    assert not from_reminder.still_due(letter)
