"""The brake on the reserve: many calls within a day wait for somebody of the staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.dashboard import cohort_queues
from mentors.errors import HeldChanged, NothingHeld
from mentors.models import HeldCall, Offer
from mentors.selectors.braking import WINDOW, brake_on_calls, moves_lately
from mentors.services import (
    call_held,
    declare_conflict,
    leave_seats_free,
    offer_to_reserve,
    set_reserve_brake,
    withdraw_offer,
)
from mentors.states import ConflictKind, HeldWhy, OfferState
from scholars.services import decline_offer
from tests import make
from tests.conftest import SignIn
from tests.mentors import world
from tests.mentors.test_pages import page

pytestmark = pytest.mark.django_db


def make_offered(seats: int = 2, reserve: int = 4) -> tuple[Cohort, Stream, Person]:
    """A stream whose seats are all offered, and as many on its reserve; nobody was called today."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Evals", seats=seats)
    world.make_mentor(stream)
    rui = world.make_staff(cohort)
    names = [f"Ada{number}" for number in range(seats)] + [f"Bo{number}" for number in range(reserve)]
    world.rank(stream, rui, *(world.make_applicant(cohort, stream, name=name) for name in names))
    world.release_round(cohort, rui)
    return cohort, stream, rui


def decline(name: str) -> None:
    """Somebody gives the seat back."""
    offer = Offer.objects.open().select_related("stream__cohort").get(application__person__name=name)
    decline_offer(offer=offer, reason="", by=offer.application.person)


def called() -> list[str]:
    """Who was called from the reserve, in order."""
    found = Offer.objects.filter(reserve_rank__isnull=False).order_by("pk")
    return list(found.values_list("application__person__name", flat=True))


def a_day_passes() -> None:
    Offer.objects.filter(reserve_rank__isnull=False).update(released_at=F("released_at") - WINDOW)


def test_as_many_as_staff_set_are_called_in_a_day_and_the_rest_waits_for_them() -> None:
    cohort, stream, rui = make_offered()
    assert brake_on_calls(cohort) == 20
    set_reserve_brake(cohort=cohort, most=1, by=rui)
    decline("Ada0")
    decline("Ada1")
    assert called() == ["Bo0"]
    held = HeldCall.objects.get()
    assert (held.stream, held.why, held.ended_at) == (stream, HeldWhy.COHORT, None)
    assert Letter.objects.filter(kind="offer", recipient__name__startswith="Bo").count() == 1
    assert Entry.objects.filter(verb="hold reserve back").count() == 1
    (offer,) = call_held(cohort=cohort, expected=1, by=rui)
    held.refresh_from_db()
    assert (called(), held.offer) == (["Bo0", "Bo1"], offer)
    assert held.ended_at is not None
    decline("Bo0")  # Calls are counted anew from their word on.
    assert called() == ["Bo0", "Bo1", "Bo2"]


def test_what_is_held_stays_so_until_staff_decide_whatever_the_clock_says() -> None:
    cohort, _, rui = make_offered()
    set_reserve_brake(cohort=cohort, most=1, by=rui)
    decline("Ada0")
    decline("Ada1")
    a_day_passes()
    decline("Bo0")
    assert called() == ["Bo0"]
    assert HeldCall.objects.waiting().count() == 2
    with pytest.raises(HeldChanged):
        call_held(cohort=cohort, expected=1, by=rui)
    leave_seats_free(cohort=cohort, expected=2, by=rui)
    assert called() == ["Bo0"]
    for decide in (call_held, leave_seats_free):
        with pytest.raises(NothingHeld):
            decide(cohort=cohort, expected=2, by=rui)


def test_a_stream_that_empties_within_a_day_waits_and_others_go_on() -> None:
    cohort, _, rui = make_offered(seats=1, reserve=6)
    other = make.make_stream(cohort, seats=1)
    world.make_mentor(other, "Noor")
    cy, di = (world.make_applicant(cohort, other, name=name) for name in ("Cy", "Di"))
    world.rank(other, rui, cy, di)
    assert offer_to_reserve(stream=other, by=rui) is not None
    for name in ("Ada0", "Bo0", "Bo1", "Bo2"):
        decline(name)
    assert HeldCall.objects.get().why == HeldWhy.STREAM
    decline("Cy")
    assert called() == ["Cy", "Bo0", "Bo1", "Bo2", "Di"]


def test_a_seat_is_held_once_and_only_while_somebody_would_come() -> None:
    cohort, stream, rui = make_offered(seats=1, reserve=1)
    set_reserve_brake(cohort=cohort, most=0, by=rui)
    decline("Ada0")
    assert HeldCall.objects.count() == 1
    Application.objects.filter(person__name="Bo0").update(state="withdrawn", withdrawn_at=timezone.now())
    assert call_held(cohort=cohort, expected=1, by=rui) == []
    assert HeldCall.objects.get().offer is None
    assert Stream.objects.get(pk=stream.pk).seats_taken == 0


def test_staff_who_withdraw_an_offer_call_nobody() -> None:
    _, _, rui = make_offered()
    withdraw_offer(offer=Offer.objects.open()[0], reason="A mistake.", by=rui)
    assert (called(), HeldCall.objects.count()) == ([], 0)


def test_staff_read_what_moved_and_decide_on_the_page(sign_in: SignIn) -> None:
    cohort, _, rui = make_offered()
    client = sign_in(rui)
    url = reverse("mentors:reserve", args=[cohort.slug])
    assert "Nothing moved" in page(client, "reserve", cohort.slug)
    assert client.post(url, {"most": "-1"}).status_code == 400
    assert client.post(url, {"most": "1"}).status_code == 302
    decline("Ada0")
    decline("Ada1")
    text = page(client, "reserve", cohort.slug)
    assert "so 1 seat was not offered on" in text
    assert "1 seat waits for your word" in client.get("/").text
    call = reverse("mentors:call_held", args=[cohort.slug])
    assert "Another number of seats waits" in client.post(call, {"seats": "7"}, follow=True).text
    assert "1 letter is on the way" in client.post(call, {"seats": "1"}, follow=True).text
    assert "The reserve waits for you" not in page(client, "reserve", cohort.slug)
    leave = reverse("mentors:leave_free", args=[cohort.slug])
    assert "No seat waits" in client.post(leave, {"seats": "1"}, follow=True).text
    assert cohort_queues(rui, cohort, timezone.now() + timedelta(days=90)) == []


def test_leaving_the_seats_free_is_said(sign_in: SignIn) -> None:
    cohort, _, rui = make_offered()
    set_reserve_brake(cohort=cohort, most=0, by=rui)
    decline("Ada0")
    leave = reverse("mentors:leave_free", args=[cohort.slug])
    assert "The seats stay free" in sign_in(rui).post(leave, {"seats": "1"}, follow=True).text


def test_whom_a_reader_is_tied_to_is_not_among_what_moved() -> None:
    cohort, _, rui = make_offered()
    decline("Ada0")
    rows = [(row["person"], row["what"], row["now"]) for row in moves_lately(rui, cohort)]
    assert sorted(rows) == [("Ada0", "declined", OfferState.DECLINED), ("Bo0", "called", OfferState.RELEASED)]
    bo = Application.objects.get(person__name="Bo0")
    declare_conflict(application=bo, person=rui, kind=ConflictKind.FRIEND, by=rui)
    assert [row["person"] for row in moves_lately(world.fresh(rui), cohort)] == ["Ada0"]


def test_the_page_asks_the_same_for_few_and_for_many(sign_in: SignIn) -> None:
    cohort, _, rui = make_offered(seats=6, reserve=9)
    client, counts = sign_in(rui), []
    page(client, "reserve", cohort.slug)
    for names in (("Ada0",), ("Ada1", "Ada2", "Ada3", "Ada4", "Ada5")):
        for name in names:
            decline(name)
        with CaptureQueriesContext(connection) as queries:
            page(client, "reserve", cohort.slug)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
