"""Pages of offers and scholars, and what stands on each one's home."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mats_portal.people.models import Person
from mentors.models import Offer
from mentors.states import OfferState
from scholars.dashboard import cohort_queues, support_url
from scholars.models import Scholar
from scholars.privacy import personal_data
from scholars.states import ScholarState
from tests import make
from tests.conftest import SignIn
from tests.mentors.world import make_applicant
from tests.scholars.world import make_led_stream, make_mentor, make_released, make_scholar, make_staff, release

pytestmark = pytest.mark.django_db


def test_offer_is_read_on_get_and_answered_on_post_only(sign_in: SignIn) -> None:
    offer = make_released(make_led_stream(name="Oversight"))
    client = sign_in(offer.application.person)
    home = client.get("/").content.decode()
    assert "Oversight offers you a seat, Ada" in home
    address = f"/offers/{offer.code}/"
    for _ in range(3):
        client.get(address)
        client.head(address)
    assert client.get(address + "accept/").status_code == 405
    offer.refresh_from_db()
    assert offer.state == OfferState.RELEASED
    assert client.post(address + "accept/")["Location"] == "/"
    assert Scholar.objects.get().offer == offer
    assert client.post(address + "accept/")["Location"] == "/"
    assert "You accepted" in client.get(address).content.decode()
    assert "Your people in" in client.get("/").content.decode()


def test_offer_page_names_what_accepting_ends(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    here, there = make_led_stream(cohort, "Here"), make_led_stream(cohort, "There")
    application = make_applicant(cohort, here, there)
    chosen, _ = release(application, here), release(application, there)
    page = sign_in(application.person).get(f"/offers/{chosen.code}/").content.decode()
    assert "You have other offers" in page
    assert "There" in page


def test_declining_keeps_the_reason_and_says_thanks(sign_in: SignIn) -> None:
    offer = make_released(make_led_stream())
    client = sign_in(offer.application.person)
    page = client.post(f"/offers/{offer.code}/decline/", {"reason": "x" * 1001})
    assert page.status_code == 422
    assert "x" * 1001 in page.content.decode()
    client.post(f"/offers/{offer.code}/decline/", {"reason": "Another plan."})
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == (OfferState.DECLINED, "Another plan.")
    assert "You declined" in client.get(f"/offers/{offer.code}/").content.decode()


def test_offer_past_its_time_says_so_before_the_sweep(sign_in: SignIn) -> None:
    offer = make_released(make_led_stream(), ends_in=timedelta(seconds=-1))
    client = sign_in(offer.application.person)
    page = client.get(f"/offers/{offer.code}/").content.decode()
    assert "Not answered in time" in page
    assert "Accept the seat" not in page
    told = client.post(f"/offers/{offer.code}/accept/", follow=True).content.decode()
    assert "The time to answer this offer is over" in told


def test_prepared_offer_is_not_there_for_the_applicant(sign_in: SignIn) -> None:
    offer = make_released(make_led_stream())
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.PENDING, released_at=None, expires_at=None)
    client = sign_in(offer.application.person)
    assert client.get(f"/offers/{offer.code}/").status_code == 404
    assert "offers you a seat" not in client.get("/").content.decode()


def test_mentor_sees_own_scholars_and_staff_all(sign_in: SignIn) -> None:
    here = make_led_stream(name="Here", seats=5)
    there = make_led_stream(here.cohort, "There")
    sam, tess = make_scholar(here, "Sam"), make_scholar(there, "Tess")
    mentor, staff = sign_in(make_mentor(here)), sign_in(make_staff(here.cohort))
    address = f"/cohorts/{here.cohort.slug}/scholars/"
    assert "Tess" not in mentor.get(address).content.decode()
    assert mentor.get(tess.get_absolute_url()).status_code == 404
    assert "Your scholar" in mentor.get("/").content.decode()
    page = staff.get(address).content.decode()
    assert "Sam" in page
    assert "Tess" in page
    assert "Tess" not in staff.get(address, {"stream": here.code}).content.decode()
    assert "Tess" not in staff.get(address, {"q": "sam"}).content.decode()
    assert "Research plan" in staff.get(sam.get_absolute_url()).content.decode()
    for odd in ({"q": "'; --"}, {"state": "x"}, {"stream": "x" * 500}, {"after": "x"}):
        assert staff.get(address, odd).status_code == 200


def test_staff_moves_a_scholar_and_the_note_is_not_the_mentors(sign_in: SignIn) -> None:
    here = make_led_stream(seats=5)
    there = make_led_stream(here.cohort, "There")
    sam = make_scholar(here)
    staff = sign_in(make_staff(here.cohort))
    address = sam.get_absolute_url()
    given = {"target": there.code, "reason": "", "note": "CONFIDENTIAL-NOTE"}
    refused = staff.post(address + "switch/", given)
    assert refused.status_code == 422
    assert "CONFIDENTIAL-NOTE" in refused.content.decode()
    staff.post(address + "switch/", given | {"reason": "relation"})
    sam.refresh_from_db()
    assert sam.stream == there
    assert "CONFIDENTIAL-NOTE" in staff.get(address).content.decode()
    for reader in (make_mentor(there), sam.person):
        page = sign_in(reader).get(address).content.decode()
        assert "CONFIDENTIAL-NOTE" not in page
        assert "Working relation" not in page


def test_staff_finishes_the_programme_by_typing_how_many(sign_in: SignIn) -> None:
    stream = make_led_stream(seats=5)
    scholars = [make_scholar(stream, name) for name in ("Sam", "Sid")]
    client = sign_in(make_staff(stream.cohort))
    address = f"/cohorts/{stream.cohort.slug}/scholars/finish/"
    codes = [one.code for one in scholars]
    assert "The number you typed" in client.post(address, {"scholars": codes, "count": 1}).content.decode()
    client.post(address, {"scholars": codes, "count": 2})
    assert set(Scholar.objects.values_list("state", flat=True)) == {ScholarState.FINISHED}
    assert "What do you do now, Sam?" in sign_in(scholars[0].person).get("/").content.decode()


def test_staff_hears_of_overdue_offers_and_streams_without_mentor(sign_in: SignIn) -> None:
    stream = make_led_stream(seats=40)
    bare = make.make_stream(stream.cohort, "Bare")
    rui = make_staff(stream.cohort)
    for number in range(3):
        make_released(stream, f"Ada{number}", ends_in=timedelta(days=-1))
    queues = {queue.label: queue.count for queue in cohort_queues(rui, stream.cohort, None)}  # type: ignore[arg-type]
    assert queues == {"Offers past their time": 3, "Streams without a mentor": 1}
    client = sign_in(rui)
    client.post(f"/cohorts/{stream.cohort.slug}/scholars/overdue-offers/")
    assert Offer.objects.filter(state=OfferState.LAPSED).count() == 3
    client.post(
        f"/cohorts/{stream.cohort.slug}/scholars/without-mentor/",
        {"stream": bare.code, "reason": "Mira starts in June."},
    )
    assert "Mira starts in June." in client.get(f"/cohorts/{stream.cohort.slug}/scholars/").content.decode()
    queues = {queue.label: queue.count for queue in cohort_queues(rui, stream.cohort, None)}  # type: ignore[arg-type]
    assert set(queues.values()) == {0}


def test_scholar_and_support_are_led_to_the_support_site(sign_in: SignIn) -> None:
    stream = make_led_stream()
    sam = make_scholar(stream)
    sol = make.make_person("Sol")
    make.make_membership(sol, stream.cohort, "support")  # type: ignore[arg-type]
    for person in (sam.person, sol):
        assert support_url() in sign_in(person).get("/").content.decode()
    for person in (make_staff(stream.cohort), make_mentor(stream)):
        assert support_url() not in sign_in(person).get("/").content.decode()


def test_own_copy_holds_offers_and_changes_of_stream() -> None:
    sam = make_scholar(make_led_stream())
    found: dict[str, Any] = personal_data(Person.objects.get(pk=sam.person_id))
    assert found["offers"][0]["state"] == OfferState.ACCEPTED
    assert found["scholar"][0]["state"] == ScholarState.ACTIVE
