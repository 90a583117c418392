"""Offers and the reserve as a machine: whatever is done in whatever order, no seat is sold twice or left empty."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.models import Application, Preference
from applications.services import withdraw_application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.web.errors import Refusal
from mentors.models import HeldCall, Offer, Ranking
from mentors.models.releases import HOLD
from mentors.selectors.braking import WINDOW
from mentors.services import call_held, offer_to_reserve
from mentors.states import LIVE, OfferState
from scholars.models import Scholar
from scholars.services import accept_offer, decline_offer, lapse_offer
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db
MOST = 7  # applicants
numbers = st.integers(min_value=0, max_value=11)


class Waitlist(RuleBasedStateMachine):
    """Two streams, up to seven applicants who chose one or both, a ceiling that may bind; offers are out."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()

    @initialize(data=st.data())
    def offers_are_out(self, data: Any) -> None:
        """The seats are offered in the streams' orders, as a release and its reserve would."""
        seats = [data.draw(st.integers(0, 3), label="seats") for _ in range(2)]
        self.cohort: Cohort = make.make_cohort(seats=data.draw(st.integers(1, 5), label="ceiling"))
        self.streams = [make.make_stream(self.cohort, seats=number) for number in seats]
        self.rui = world.make_staff(self.cohort)
        for stream in self.streams:
            world.make_mentor(stream)
        for number in range(data.draw(st.integers(2, MOST), label="applicants")):
            chosen = data.draw(st.sampled_from([[0], [1], [0, 1], [1, 0]]), label="choices")
            world.make_applicant(self.cohort, *(self.streams[one] for one in chosen), name=f"P{number}")
        for stream in self.streams:
            mine = Application.objects.filter(preferences__stream=stream).order_by("pk")
            order = data.draw(st.permutations(list(mine)), label="order")
            bar = data.draw(st.integers(0, len(order)), label="bar")
            level = [data.draw(st.booleans(), label="level") and place > 1 for place in range(1, len(order) + 1)]
            Ranking.objects.bulk_create(
                Ranking(stream=stream, application=one, rank=place, is_acceptable=place <= bar, is_level=is_level)
                for place, (one, is_level) in enumerate(zip(order, level, strict=True), 1)
            )
        for stream in self.streams:
            while offer_to_reserve(stream=stream, by=None) is not None:
                pass
        Offer.objects.update(released_at=Now() - WINDOW)  # Yesterday: the brake counts from now on.

    def offer(self, number: int) -> Offer | None:
        """One of the offers, whatever its state."""
        found = list(Offer.objects.filter(stream__cohort=self.cohort).select_related("application__person", "stream"))
        return found[number % len(found)] if found else None

    @rule(number=numbers)
    def accept(self, number: int) -> None:
        if offer := self.offer(number):
            with suppress(Refusal), transaction.atomic():
                accept_offer(offer=offer, by=offer.application.person)

    @rule(number=numbers)
    def decline(self, number: int) -> None:
        if offer := self.offer(number):
            with suppress(Refusal), transaction.atomic():
                decline_offer(offer=offer, reason="", by=offer.application.person)

    @rule(number=numbers)
    def lapse(self, number: int) -> None:
        if offer := self.offer(number):
            Offer.objects.open().filter(pk=offer.pk).update(released_at=Now() - HOLD, expires_at=Now())
            with suppress(Refusal), transaction.atomic():
                lapse_offer(offer=offer)

    @rule(number=numbers)
    def withdraw(self, number: int) -> None:
        found = list(Application.objects.submitted().in_cohort(self.cohort).select_related("person"))
        application = found[number % len(found)] if found else None
        if application is not None:
            with suppress(Refusal), transaction.atomic():
                withdraw_application(application=application, by=application.person)

    @rule()
    def staff_let_the_reserve_go_on(self) -> None:
        waiting = HeldCall.objects.waiting().in_cohort(self.cohort).count()
        with suppress(Refusal), transaction.atomic():
            call_held(cohort=self.cohort, expected=waiting, by=self.rui)

    @invariant()
    def no_seat_is_sold_twice(self) -> None:
        if not hasattr(self, "streams"):
            return
        offers = Offer.objects.filter(stream__cohort=self.cohort)
        held = 0
        for stream in Stream.objects.filter(cohort=self.cohort):
            accepted = offers.filter(stream=stream, state=OfferState.ACCEPTED).count()
            live = offers.filter(stream=stream, state__in=LIVE).count()
            assert stream.seats_taken == accepted == Scholar.objects.filter(stream=stream).count()
            assert accepted + live <= stream.seats
            held += accepted + live
        assert held <= self.cohort.seats

    @invariant()
    def no_seat_is_empty_while_somebody_would_come(self) -> None:
        if not hasattr(self, "streams"):
            return
        for stream in self.streams:
            with transaction.atomic():
                if not HeldCall.objects.waiting().filter(stream=stream).exists():
                    assert offer_to_reserve(stream=stream, by=None) is None, f"a seat of {stream} was left empty"

    @invariant()
    def nobody_is_called_out_of_order(self) -> None:
        """Whoever still waits for a stream comes after everybody who was called, but for those level with them."""
        if not hasattr(self, "streams"):
            return
        touched = Offer.objects.filter(stream__cohort=self.cohort).values("application")
        idle = Ranking.objects.filter(stream__in=self.streams, is_acceptable=True, application__state="submitted")
        for waiting in idle.exclude(application__in=touched).filter(application__preferences__stream=F("stream")):
            called = Ranking.objects.filter(stream=waiting.stream_id, application__offers__stream=F("stream"))
            later = called.filter(rank__gt=waiting.rank).order_by("rank").first()
            between = Ranking.objects.filter(stream=waiting.stream_id, rank__gt=waiting.rank)
            assert later is None or not between.filter(rank__lte=later.rank, is_level=False).exists()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)


@pytest.mark.timeout(300)
def test_whatever_happens_no_seat_is_sold_twice_or_left_empty() -> None:
    run_state_machine_as_test(
        Waitlist,
        settings=settings(
            max_examples=10,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_seat_that_nobody_was_left_for_goes_to_who_declines_elsewhere() -> None:
    """Ada is wanted by both; while One's offer to her stood, Two had nobody to call and kept a seat."""
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort, seats=1), make.make_stream(cohort, seats=1)
    ada = world.make_applicant(cohort, one, two)
    for stream in (one, two):
        world.make_mentor(stream)
        Ranking.objects.create(stream=stream, application=ada, rank=1)
    first = offer_to_reserve(stream=one, by=None)
    assert first is not None
    assert offer_to_reserve(stream=two, by=None) is None
    decline_offer(offer=first, reason="I would rather go to the other one.", by=ada.person)
    assert Offer.objects.open().get().stream == two
    assert Preference.objects.filter(application=ada).count() == 2
