"""Staff release sixty offers in a meeting; nine decline over a weekend while everyone is away."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters
from mats_portal.people.models import Person
from mentors.models import HeldCall, Offer, Release
from mentors.services import prepare_offers, run_matching
from mentors.states import LIVE, DecisionKind, OfferState, ReleaseState
from mentors.tasks import release as send_what_is_due
from scholars.models import Scholar
from scholars.services import accept_offer
from scholars.tasks import lapse as end_what_is_over
from tests import make
from tests.conftest import signed_in_client
from tests.journeys.acts import press
from tests.journeys.conftest import Enter, Visitor
from tests.mentors import world
from tests.mentors.world import fresh

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "support"]), pytest.mark.timeout(300)]
STREAMS, SEATS, WAITING = 6, 10, 3


class Season:
    """Six streams of ten seats, each with thirteen applicants above its bar; the offers are prepared, nobody is told.

    Ada of stream 1 is its first. Rui and Ines run the cohort.
    """

    def __init__(self, streams: int = STREAMS, seats: int = SEATS) -> None:
        self.cohort: Cohort = make.make_cohort("Winter 2032-33", slug="winter", seats=streams * seats, days_later=-39)
        self.rui, self.ines = (self._staff(name) for name in ("Rui Lopes", "Ines Moreau"))
        self.streams = [make.make_stream(self.cohort, f"Stream {n}", seats=seats) for n in range(1, streams + 1)]
        for stream in self.streams:
            world.make_mentor(stream, f"Mentor of {stream}")
            names = [f"{chr(65 + n)}. {stream.name}" for n in range(seats + WAITING)]
            world.rank(stream, self.rui, *(world.make_applicant(self.cohort, stream, name=name) for name in names))
        prepare_offers(made=run_matching(cohort=self.cohort, by=self.rui), by=self.rui)

    def _staff(self, name: str) -> Person:
        person = make.make_person(name)
        make.make_membership(person, self.cohort, CohortRole.STAFF)
        return fresh(person)

    def person(self, letter: str, number: int = 1) -> Person:
        """The applicant of that place in a stream's order: A is first."""
        return Person.objects.get(name=f"{letter}. Stream {number}")


def test_two_of_the_staff_release_sixty_offers_in_a_meeting(enter: Enter) -> None:
    season = Season()
    rui, ines, ada = enter(season.rui), enter(season.ines, lately=True), enter(season.person("A"))
    assert "offers you a seat" not in ada.open("/").content()
    _prepare(rui, season)
    _confirm(ines, season)
    expect(rui.open(Release.objects.get().get_absolute_url()).get_by_text("It goes out soon")).to_be_visible()
    assert "offers you a seat" not in ada.open("/").content()
    assert not Letter.objects.exists()
    Release.objects.update(confirmed_at=F("confirmed_at") - timedelta(minutes=11), goes_at=timezone.now())
    send_what_is_due()
    assert Release.objects.get().state == ReleaseState.SENT
    assert Counter(Letter.objects.values_list("kind", flat=True)) == {"offer": 60, "reserve": STREAMS * WAITING}
    expect(ada.open("/").get_by_role("heading", name="Stream 1 offers you a seat")).to_be_visible()
    ada.look_around()
    page = rui.open(reverse("mentors:offers", args=[season.cohort.slug]))
    expect(page.get_by_text("60 in all · waiting for the answer: 60")).to_be_visible()


def _prepare(rui: Visitor, season: Season) -> None:
    """Rui sees how many there are of each kind, gathers all, and cannot confirm it himself."""
    page = rui.open(reverse("mentors:releases", args=[season.cohort.slug]))
    page.get_by_label("Offers that are prepared: 60").check()
    page.get_by_label(f"Places on the reserve: {STREAMS * WAITING}").check()
    rui.look_around()
    press(page, "Prepare it")
    expect(page.get_by_text("60 offers, 18 reserve places")).to_be_visible()
    expect(page.get_by_text("Ines Moreau can confirm it")).to_be_visible()
    expect(page.get_by_role("link", name="Confirm", exact=True)).to_have_count(0)
    rui.look_around()


def _confirm(ines: Visitor, season: Season) -> None:
    """Ines finds it on her home, reads a letter as its reader will, mistypes the number once, then agrees."""
    page = ines.open("/")
    expect(page.get_by_role("heading", name="A release waits for your confirmation")).to_be_visible()
    ines.look_around()
    page.get_by_role("link", name="Releases that wait for you").first.click()
    page.get_by_role("link", name="A. Stream 1", exact=True).click()
    expect(
        page.get_by_text("We offer you a seat as a scholar of Winter 2032-33, in the stream Stream 1.")
    ).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Confirm", exact=True).click()
    page.get_by_label("Type the number of letters").fill("60")
    page.get_by_label("Type the number of letters").press("Enter")
    expect(page.get_by_text("You typed 60, and 78 letters would go out.").first).to_be_visible()
    ines.look_around()
    page.get_by_label("Type the number of letters").fill("78")
    page.get_by_label("Type the number of letters").press("Enter")
    expect(page.get_by_text("It goes out soon")).to_be_visible()
    ines.look_around()


def test_nine_decline_over_a_weekend_and_the_reserve_fills_the_seats(enter: Enter) -> None:
    """Nobody of the staff opens a page until Monday: people answer, and the schedule does the rest."""
    season = Season(streams=3, seats=4)
    world.release_all(season.cohort, season.rui, DecisionKind.OFFER, DecisionKind.RESERVE)
    deliver_letters()
    mail.outbox.clear()
    decliners = [season.person(letter, number) for number in (1, 2, 3) for letter in "ABC"]
    for person in decliners:
        offer = Offer.objects.open().get(application__person=person)
        answer = signed_in_client(person).post(reverse("scholars:decline", args=[offer.code]), {"reason": ""})
        assert answer.status_code == 302
        assert oversold(season.streams) == []
    end_what_is_over()  # Nothing is over yet.
    deliver_letters()
    accept(season.person("E"))
    Offer.objects.filter(application__person=season.person("F")).update(
        released_at=timezone.now() - timedelta(days=6), expires_at=timezone.now() - timedelta(minutes=1)
    )
    end_what_is_over()
    deliver_letters()
    told = Counter((one.to[0], one.subject.partition(": ")[2].split()[0]) for one in mail.outbox)
    called = [season.person(letter, number) for number in (1, 2, 3) for letter in "EFG"]
    expected = Counter((person.email, "you") for person in decliners) + Counter((one.email, "a") for one in called)
    expected += Counter([(season.person("E").email, "welcome"), (season.person("F").email, "the")])
    assert told == expected
    assert not HeldCall.objects.exists()
    assert oversold(season.streams) == []
    _monday(enter(season.rui), season)


def accept(person: Person) -> Scholar:
    """They take the seat."""
    return accept_offer(offer=Offer.objects.open().get(application__person=person), by=person)


def oversold(streams: list[Stream]) -> list[Stream]:
    """The streams with more seats accepted and held than they have."""
    found = []
    for stream in Stream.objects.filter(pk__in=[one.pk for one in streams]):
        held = Offer.objects.filter(stream=stream, state__in=[*LIVE, OfferState.ACCEPTED]).count()
        found += [stream] if held > stream.seats else []
    return found


def _monday(rui: Visitor, season: Season) -> None:
    """Rui reads what happened: nine declined, one did not answer, nine were called, and nothing waits for him."""
    page = rui.open(reverse("mentors:reserve", args=[season.cohort.slug]))
    rui.look_around()
    assert page.get_by_text("Declined", exact=True).count() == 9
    assert page.get_by_text("Not answered in time", exact=True).count() == 1
    assert page.get_by_text("Called, accepted", exact=True).count() == 1
    expect(page.get_by_text("The reserve waits for you")).to_have_count(0)
