"""Many at once, each on a connection of their own: never beyond the seats, one outcome for each offer."""

from __future__ import annotations

import contextlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mats_portal.cohorts.models import Stream
from mats_portal.outbox.models import Letter
from mats_portal.web.errors import Refusal
from mentors.models import Offer
from mentors.services import withdraw_offer
from mentors.states import OfferState
from scholars.models import Scholar
from scholars.services import accept_offer, decline_offer, lapse_offer
from tests.conftest import signed_in_client
from tests.scholars.world import make_led_stream, make_released, make_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
AT_ONCE = 50
ROUNDS = 10
RACES = 1000


def race(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Start all acts at the same moment; what became of each: "done" or the name of the refusal."""
    gate = threading.Barrier(min(len(acts), AT_ONCE))

    def run(act: Callable[[], object]) -> str:
        with contextlib.suppress(threading.BrokenBarrierError):
            gate.wait(timeout=20)
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, acts))


def accepting(offer: Offer) -> Callable[[], object]:
    """The act of accepting this offer, read anew."""
    return lambda: accept_offer(offer=Offer.objects.get(pk=offer.pk), by=offer.application.person)


def test_two_hundred_accepts_of_ten_seats_fill_exactly_ten() -> None:
    stream = make_led_stream(seats=10)
    offers = [make_released(stream, f"Ada{number}") for number in range(200)]
    for _round in range(ROUNDS):
        outcomes = Counter(race([accepting(offer) for offer in offers]))
        assert outcomes == {"done": 10, "NoSeatLeft": 190}
        assert Stream.objects.get(pk=stream.pk).seats_taken == 10
        assert Scholar.objects.filter(stream=stream).count() == 10
        assert Offer.objects.filter(stream=stream, state=OfferState.ACCEPTED).count() == 10
        begin_again(stream)


@pytest.mark.parametrize("rounds", [1, pytest.param(ROUNDS - 1, marks=pytest.mark.crawl)])
def test_two_hundred_accepts_over_http_fill_exactly_ten(rounds: int) -> None:
    stream = make_led_stream(seats=10)
    offers = [make_released(stream, f"Ada{number}") for number in range(200)]
    browsers = [signed_in_client(offer.application.person) for offer in offers]
    acts = [
        lambda browser=browser, offer=offer: browser.post(reverse("scholars:accept", args=[offer.code]))
        for browser, offer in zip(browsers, offers, strict=True)
    ]
    for _round in range(rounds):
        assert set(race(acts)) == {"done"}
        assert Stream.objects.get(pk=stream.pk).seats_taken == Scholar.objects.filter(stream=stream).count() == 10
        assert Offer.objects.filter(stream=stream, state=OfferState.ACCEPTED).count() == 10
        begin_again(stream)


def statement(act: Callable[[], object], offer: Offer) -> str:
    """The update of the offer's row that an act runs, with a gap for the key; the act itself is undone."""
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        act()
        transaction.set_rollback(True)
    update = next(one["sql"] for one in queries if one["sql"].startswith('UPDATE "mentors_offer"'))
    asked, count = re.subn(rf'"id" = {offer.pk}\b', '"id" = %s', update.replace("%", "%%"))
    assert count == 1
    return asked


OPEN_AGAIN = """
    UPDATE mentors_offer SET state = 'released', answered_at = NULL, reason = '',
        expires_at = statement_timestamp() + (random() - 0.3) * interval '3 milliseconds' WHERE id = %s
"""


def test_a_thousand_races_of_four_ends_have_one_winner_each() -> None:
    """The very statements of the four services, on connections of their own, around the instant at which it lapses."""
    stream = make_led_stream(seats=2)
    rui, offer = make_staff(stream.cohort), make_released(stream)
    ada = offer.application.person
    statements = [
        statement(accepting(offer), offer),
        statement(lambda: decline_offer(offer=Offer.objects.get(), reason="", by=ada), offer),
        statement(lambda: withdraw_offer(offer=Offer.objects.get(), reason="oops", by=rui), offer),
    ]
    Offer.objects.update(expires_at=Now())
    statements.append(statement(lambda: lapse_offer(offer=Offer.objects.get()), offer))
    start, end = threading.Barrier(len(statements)), threading.Barrier(len(statements))
    won: list[list[int]] = [[] for _ in statements]

    def run(number: int) -> None:
        try:
            with connection.cursor() as cursor:
                for _race in range(RACES):
                    if number == 0:
                        cursor.execute(OPEN_AGAIN, [offer.pk])
                    start.wait(timeout=20)
                    cursor.execute(statements[number], [offer.pk])
                    won[number].append(cursor.rowcount)
                    end.wait(timeout=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(statements)) as pool:
        list(pool.map(run, range(len(statements))))
    assert [sum(one) for one in zip(*won, strict=True)] == [1] * RACES
    assert sum(map(bool, map(sum, won))) >= 2, "the same one always came first, so that nothing raced"


def begin_again(stream: Stream) -> None:
    """As if nobody had answered."""
    Scholar.objects.filter(stream=stream).delete()
    Offer.objects.filter(stream=stream).update(state=OfferState.RELEASED, answered_at=None)
    Stream.objects.filter(pk=stream.pk).update(seats_taken=0)


def test_fifty_clicks_on_accept_are_one() -> None:
    offer = make_released(make_led_stream())
    assert set(race([accepting(offer)] * 50)) == {"done"}
    assert Scholar.objects.count() == 1
    assert Letter.objects.filter(kind="offer accepted").count() == 1
    assert Stream.objects.get(pk=offer.stream_id).seats_taken == 1


def test_accept_decline_withdraw_and_lapse_have_one_winner() -> None:
    stream = make_led_stream(seats=200)
    rui = make_staff(stream.cohort)
    for number in range(25):
        offer = make_released(stream, f"Ada{number}")
        if number % 2:
            Offer.objects.filter(pk=offer.pk).update(expires_at=Now() + timedelta(milliseconds=30))
        acts = [
            accepting(offer),
            lambda offer=offer: decline_offer(offer=offer, reason="", by=offer.application.person),  # type: ignore[misc]
            lambda offer=offer: withdraw_offer(offer=Offer.objects.get(pk=offer.pk), reason="oops", by=rui),  # type: ignore[misc]
            lambda offer=offer: lapse_offer(offer=Offer.objects.get(pk=offer.pk)),  # type: ignore[misc]
        ]
        outcomes = race(acts)
        offer.refresh_from_db()
        kinds = {
            OfferState.ACCEPTED: "offer accepted",
            OfferState.DECLINED: "offer declined",
            OfferState.WITHDRAWN: "offer withdrawn",
            OfferState.LAPSED: "offer lapsed",
        }
        told = Letter.objects.filter(about=f"mentors.offer:{offer.code}").values_list("kind", flat=True)
        assert outcomes.count("done") == 1 or (outcomes.count("done") == 0 and offer.state == OfferState.RELEASED)
        assert list(told) == ([kinds[OfferState(offer.state)]] if offer.state in kinds else [])
        assert Scholar.objects.filter(offer=offer).exists() == (offer.state == OfferState.ACCEPTED)
    accepted = Offer.objects.filter(stream=stream, state=OfferState.ACCEPTED).count()
    assert Stream.objects.get(pk=stream.pk).seats_taken == accepted
