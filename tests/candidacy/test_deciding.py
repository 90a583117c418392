"""Seats asked and seats given: written down, never beyond the cohort, sent to everybody at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Invitation, Person
from mentors.candidacy.errors import (
    CandidacyDecided,
    NothingPlanned,
    PlanChanged,
    SeatsBeyondCeiling,
    StreamNamesClash,
)
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import digest_of_decisions, planned_decisions, seat_totals
from mentors.candidacy.services import declare_tie, plan_decision, plan_seats, send_candidacy, send_decisions
from mentors.candidacy.states import CandidacyState
from mentors.states import ConflictKind
from tests import make
from tests.candidacy import world
from tests.conftest import SignIn
from tests.mentors.world import make_staff

pytestmark = pytest.mark.django_db


def send(cohort: Cohort, by: Person) -> tuple[int, int]:
    """Send what is written down, as shown a moment before."""
    return send_decisions(cohort=cohort, digest=digest_of_decisions(planned_decisions(by, cohort)), by=by)


def test_seats_asked_and_given_are_added_up() -> None:
    cohort = world.make_cohort(seats=80)
    first, second, third = (world.make_candidacy(cohort, seats_asked=asked) for asked in (3, 4, 5))
    rui = make_staff(cohort)
    plan_seats(cohort=cohort, seats={first.code: 2, second.code: 0}, by=rui)
    totals = seat_totals(cohort)
    assert (totals.candidacies, totals.asked, totals.planned, totals.given, totals.undecided) == (3, 12, 2, 0, 1)
    send(cohort, rui)
    totals = seat_totals(cohort)
    assert (totals.given, totals.planned, totals.undecided, totals.words) == (2, 0, 1, "2 of 80 seats")
    assert Candidacy.objects.get(pk=third.pk).state == CandidacyState.SENT


def test_an_accepted_offer_becomes_a_stream_and_invites_its_mentors() -> None:
    cohort = world.make_cohort()
    track = make.make_track(cohort)
    candidacy = world.make_candidacy(
        cohort, track=track, viewpoint="slow takeoff", co_mentors=(("Nia", "nia@example.org"),)
    )
    rui = make_staff(cohort)
    plan_decision(candidacy=candidacy, seats=2, stream_name="Oversight", word="We liked the plan.", by=rui)
    assert not Stream.objects.exists()
    assert send(cohort, rui) == (1, 0)
    stream = Stream.objects.get()
    assert (stream.name, stream.seats, stream.track, stream.viewpoint) == ("Oversight", 2, track, "slow takeoff")
    assert stream.agenda == "scalable oversight"
    invited = Invitation.objects.filter(purpose="membership").values_list("email", flat=True)
    assert set(invited) == {candidacy.person.email, "nia@example.org"}
    letter = Letter.objects.get(kind="candidacy accepted")
    assert "We liked the plan." in letter.text
    assert "2 seats" in letter.text
    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.stream) == (CandidacyState.ACCEPTED, stream)


def test_who_gets_none_is_told_and_nobody_else() -> None:
    cohort = world.make_cohort()
    declined, waiting = world.make_candidacy(cohort), world.make_candidacy(cohort)
    rui = make_staff(cohort)
    plan_seats(cohort=cohort, seats={declined.code: 0, waiting.code: None}, by=rui)
    assert send(cohort, rui) == (0, 1)
    assert Letter.objects.filter(kind="candidacy declined").get().recipient == declined.person
    with pytest.raises(CandidacyDecided):
        send_candidacy(cohort=cohort, proposal=world.proposal(), by=declined.person)
    with pytest.raises(CandidacyDecided):
        plan_decision(candidacy=declined, seats=2, stream_name="x", word="", by=rui)
    with pytest.raises(NothingPlanned):
        send(cohort, rui)


def test_seats_never_go_beyond_the_cohort() -> None:
    cohort = world.make_cohort(seats=5)
    make.make_stream(cohort, seats=4)
    candidacy, rui = world.make_candidacy(cohort), make_staff(cohort)
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=rui)
    with pytest.raises(SeatsBeyondCeiling, match="6 seats and the cohort has 5"):
        send(cohort, rui)
    assert not Letter.objects.filter(kind="candidacy accepted").exists()
    assert Candidacy.objects.get().state == CandidacyState.SENT


def test_two_streams_never_have_one_name() -> None:
    cohort = world.make_cohort()
    first, second = (world.make_candidacy(cohort, stream_name="Oversight") for _ in range(2))
    rui = make_staff(cohort)
    plan_seats(cohort=cohort, seats={first.code: 1, second.code: 1}, by=rui)
    with pytest.raises(StreamNamesClash):
        send(cohort, rui)
    assert not Stream.objects.exists()


def test_a_list_that_changed_is_not_sent() -> None:
    cohort = world.make_cohort()
    candidacy, rui = world.make_candidacy(cohort), make_staff(cohort)
    plan_seats(cohort=cohort, seats={candidacy.code: 1}, by=rui)
    shown = digest_of_decisions(planned_decisions(rui, cohort))
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=rui)
    with pytest.raises(PlanChanged):
        send_decisions(cohort=cohort, digest=shown, by=rui)


def test_staff_with_a_tie_neither_see_nor_decide() -> None:
    cohort = world.make_cohort()
    candidacy, rui = world.make_candidacy(cohort), make_staff(cohort)
    declare_tie(candidacy=candidacy, kind=ConflictKind.FAMILY, by=rui)
    assert plan_seats(cohort=cohort, seats={candidacy.code: 9}, by=rui) == 0
    assert Candidacy.objects.get().seats_given is None


def words(client: Client, url: str) -> str:
    """The text of a page on one line."""
    return " ".join(client.get(url).content.decode().split())


def test_staff_give_seats_and_send(sign_in: SignIn) -> None:
    cohort = world.make_cohort(seats=8)
    first, second = world.make_candidacy(cohort, seats_asked=6), world.make_candidacy(cohort, seats_asked=7)
    client = sign_in(make_staff(cohort))
    url = reverse("candidacy:candidacies", args=[cohort.slug])
    assert "2 asked for 13 seats; 0 given; the cohort has 8" in words(client, url)
    wrong = client.post(url, {f"seats_{first.code}": "many", f"seats_{second.code}": "2"})
    assert "Seats are a whole number" in wrong.content.decode()
    assert client.post(url, {f"seats_{first.code}": "5", f"seats_{second.code}": "0"}).status_code == 302
    assert "0 given, 5 more written down" in words(client, url)
    sending = reverse("candidacy:decisions", args=[cohort.slug])
    assert "Letters go out to all of them at once" in words(client, sending)
    answer = client.post(sending, {"digest": "old"})
    assert "changed since this list was made" in answer.content.decode()
    assert client.post(sending, {"digest": answer.context["digest"]}).status_code == 302
    assert "5 given; the cohort has 8" in words(client, url)
    mira = sign_in(first.person)
    assert "Your stream has seats" in words(mira, reverse("candidacy:offer", args=[cohort.slug]))
    assert "No seats this time" in words(sign_in(second.person), reverse("candidacy:offer", args=[cohort.slug]))


def test_a_refusal_to_send_is_shown_with_the_list(sign_in: SignIn) -> None:
    cohort = world.make_cohort(seats=1)
    candidacy, rui = world.make_candidacy(cohort), make_staff(cohort)
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=rui)
    client, url = sign_in(rui), reverse("candidacy:decisions", args=[cohort.slug])
    answer = client.post(url, {"digest": client.get(url).context["digest"]})
    assert "2 seats and the cohort has 1" in answer.content.decode()
    assert candidacy.stream_name in answer.content.decode()
