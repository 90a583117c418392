"""Seats asked and seats given: written down, never beyond the cohort, sent to everybody at once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.journal.models import Deed
from mats_portal.journal.services import TO_UNDO, TooLateToUndo, undo_deed
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters
from mats_portal.people.models import Invitation, Person
from mentors.candidacy.errors import (
    CandidacyDecided,
    DecisionsUnderWay,
    NothingPlanned,
    PlanChanged,
    SeatsBeyondCeiling,
    StreamInUse,
    StreamNamesClash,
)
from mentors.candidacy.models import Candidacy
from mentors.candidacy.privacy import personal_data
from mentors.candidacy.selectors import digest_of_decisions, planned_decisions, seat_totals
from mentors.candidacy.services import declare_tie, plan_decision, plan_seats, send_candidacy, send_decisions
from mentors.candidacy.states import CandidacyState
from mentors.states import ConflictKind
from tests import make
from tests.candidacy import world
from tests.conftest import SignIn
from tests.mentors.world import make_applicant, make_staff

pytestmark = pytest.mark.django_db


def send(cohort: Cohort, by: Person) -> tuple[int, int]:
    """Send what is written down, as shown a moment before."""
    deed = send_decisions(cohort=cohort, digest=digest_of_decisions(planned_decisions(by, cohort)), by=by)
    accepted, declined = deed.facts["counts"]
    return accepted, declined


def ten_minutes_pass() -> None:
    """It can no longer be undone."""
    Candidacy.objects.filter(decided_at__isnull=False).update(decided_at=F("decided_at") - TO_UNDO)
    Deed.objects.update(until=Now())


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
    with pytest.raises(DecisionsUnderWay):
        send_candidacy(cohort=cohort, proposal=world.proposal(), by=declined.person)
    ten_minutes_pass()
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
    assert "Letters go out to all of them at once, in ten minutes" in words(client, sending)
    answer = client.post(sending, {"digest": "old"})
    assert "changed since this list was made" in answer.content.decode()
    assert client.post(sending, {"digest": answer.context["digest"]}).status_code == 302
    assert "5 given; the cohort has 8" in words(client, url)
    own = reverse("candidacy:offer", args=[cohort.slug])
    for person in (first.person, second.person):
        assert "Your offer is in" in words(sign_in(person), own)
        assert "Your offer to mentor in" in words(sign_in(person), "/")
        (told,) = personal_data(person)["offers_to_mentor"]
        assert (told["state"], told["seats_given"], told["decided_at"]) == (CandidacyState.SENT, None, None)
    ten_minutes_pass()
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


def make_sent() -> tuple[Cohort, Candidacy, Candidacy, Person]:
    """One candidacy has two seats and a co-mentor, another none; the decisions are sent."""
    cohort = world.make_cohort()
    given = world.make_candidacy(cohort, co_mentors=(("Nia", "nia@example.org"),))
    none, rui = world.make_candidacy(cohort), make_staff(cohort)
    plan_seats(cohort=cohort, seats={given.code: 2, none.code: 0}, by=rui)
    send(cohort, rui)
    return cohort, given, none, rui


def test_sent_decisions_are_undone_while_letters_wait() -> None:
    cohort, given, none, rui = make_sent()
    deliver_letters()
    assert not [one for one in mail.outbox if "candidacy" in one.subject or "invited" in one.subject]
    said = undo_deed(deed=Deed.objects.get(), by=rui)
    assert "2 decisions are written down again and not sent" in said
    assert not Stream.objects.exists()
    assert not Invitation.objects.filter(state="open").exists()
    kinds = ("candidacy accepted", "candidacy declined", "invitation")
    assert set(Letter.objects.filter(kind__in=kinds).values_list("state", flat=True)) == {"cancelled"}
    for candidacy, seats in ((given, 2), (none, 0)):
        candidacy.refresh_from_db()
        assert (candidacy.state, candidacy.seats_given, candidacy.decided_at) == (CandidacyState.SENT, seats, None)
    assert send(cohort, rui) == (1, 1)  # And can be sent anew, with letters of their own.
    assert Letter.objects.filter(kind__in=kinds, state="planned").count() == 4


def test_after_ten_minutes_the_decisions_stand() -> None:
    _, given, _, rui = make_sent()
    ten_minutes_pass()
    with pytest.raises(TooLateToUndo):
        undo_deed(deed=Deed.objects.get(), by=rui)
    given.refresh_from_db()
    assert given.state == CandidacyState.ACCEPTED


def test_whoever_left_the_staff_meanwhile_undoes_nothing(sign_in: SignIn) -> None:
    _, given, _, rui = make_sent()
    deed, client = Deed.objects.get(), sign_in(rui)
    Membership.objects.filter(person=rui).update(until=Now())
    answer = client.post(deed.get_absolute_url(), follow=True)
    assert "You have not the role any more" in answer.text
    given.refresh_from_db()
    deed.refresh_from_db()
    assert (given.state, deed.undone_at) == (CandidacyState.ACCEPTED, None)


def test_a_stream_that_somebody_works_with_is_not_taken_away() -> None:
    cohort, given, _, rui = make_sent()
    make_applicant(cohort, Stream.objects.get())
    with pytest.raises(StreamInUse):
        undo_deed(deed=Deed.objects.get(), by=rui)
    given.refresh_from_db()
    assert given.state == CandidacyState.ACCEPTED
    assert Letter.objects.filter(kind="candidacy accepted", state="planned").exists()
