"""Offering to mentor: until the date by the database's clock, once per person, changed and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.services import give_extension
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.invitations import accept_invitation, invite
from mentors.candidacy.errors import CandidacyDecided, OffersClosed
from mentors.candidacy.models import Candidacy
from mentors.candidacy.privacy import personal_data
from mentors.candidacy.selectors import PURPOSE, window_for
from mentors.candidacy.services import (
    invite_candidate,
    plan_seats,
    send_candidacy,
    withdraw_candidacy,
)
from mentors.candidacy.states import CandidacyState
from tests import make
from tests.candidacy import world
from tests.conftest import SignIn
from tests.mentors.world import make_staff

pytestmark = pytest.mark.django_db


def test_an_offer_arrives_once_and_can_be_changed() -> None:
    cohort, mira = world.make_cohort(), make.make_person("Mira")
    first = world.make_candidacy(cohort, mira, co_mentors=(("Nia", "nia@example.org"),))
    second = world.make_candidacy(cohort, mira, seats_asked=5, stream_name="Renamed")
    assert first.pk == second.pk
    assert (second.seats_asked, second.stream_name, second.co_mentors.count()) == (5, "Renamed", 0)
    assert Letter.objects.filter(kind="candidacy received", recipient=mira).count() == 1
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["offer to mentor", "change candidacy"]


def test_nothing_is_taken_after_the_date_but_with_more_time() -> None:
    cohort, mira = world.make_cohort(days=-1), make.make_person("Mira")
    with pytest.raises(OffersClosed):
        world.make_candidacy(cohort, mira)
    give_extension(
        cohort=cohort, kind=world.KIND, person=mira, at=timezone.now() + timedelta(days=1), reason="ill", by=mira
    )
    assert world.make_candidacy(cohort, mira).state == CandidacyState.SENT
    assert not window_for(make.make_person("Nobody"), cohort).is_open


def test_without_a_date_only_the_invited_may_offer() -> None:
    cohort, mira, rui = make.make_cohort(is_public=False), make.make_person("Mira"), make.make_person("Rui")
    assert not window_for(mira, cohort).is_open
    invite_candidate(cohort=cohort, email=mira.email, name="Mira", by=rui)
    assert "would mentor" in Letter.objects.get(recipient=mira).subject
    _, token = invite(email=mira.email, purpose=PURPOSE, target=cohort.slug, by=rui)
    assert accept_invitation(token=token, by=mira) == reverse("candidacy:offer", args=[cohort.slug])
    assert window_for(mira, cohort).is_open
    assert send_candidacy(cohort=cohort, proposal=world.proposal(), by=mira).person == mira


def test_an_offer_is_taken_back_until_it_is_decided() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui = make_staff(cohort)
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=rui)
    withdraw_candidacy(candidacy=candidacy, by=candidacy.person)
    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.seats_given) == (CandidacyState.WITHDRAWN, None)
    with pytest.raises(CandidacyDecided):
        withdraw_candidacy(candidacy=candidacy, by=candidacy.person)
    assert world.make_candidacy(cohort, candidacy.person).state == CandidacyState.SENT


def test_nobody_else_takes_an_offer_back() -> None:
    candidacy = world.make_candidacy(world.make_cohort())
    with pytest.raises(CandidacyDecided):
        withdraw_candidacy(candidacy=candidacy, by=make.make_person("Nobody"))


def test_a_candidate_writes_reads_and_withdraws(sign_in: SignIn) -> None:
    cohort, mira = world.make_cohort(), make.make_person("Mira")
    client = sign_in(mira)
    url = reverse("candidacy:offer", args=[cohort.slug])
    assert "Offer to mentor" in client.get(cohort.get_absolute_url()).content.decode()
    wrong = client.post(url, world.FORM | {"co_mentors": "Nia without address"})
    assert "a name, a comma and an e-mail address" in wrong.content.decode()
    assert "Nia without address" in wrong.content.decode()
    assert client.post(url, world.FORM | {"co_mentors": "Nia, Nia@Example.org"}).status_code == 302
    shown = client.get(url).content.decode()
    assert "Your offer is in" in shown
    assert "Nia, nia@example.org" in shown
    assert client.post(reverse("candidacy:withdraw", args=[cohort.slug])).status_code == 302
    assert Candidacy.objects.get().state == CandidacyState.WITHDRAWN


def test_what_was_typed_stays_when_the_date_passes_meanwhile(sign_in: SignIn) -> None:
    cohort = world.make_cohort(days=-0.001)
    answer = sign_in(make.make_person("Mira")).post(reverse("candidacy:offer", args=[cohort.slug]), world.FORM)
    text = answer.content.decode()
    assert "Offers to mentor are not taken now" in text
    assert "Debate as training signal" in text


def test_a_hidden_cohort_stays_hidden(client: Client, sign_in: SignIn) -> None:
    cohort = world.make_cohort()
    cohort.is_public = False
    cohort.save()
    url = reverse("candidacy:offer", args=[cohort.slug])
    assert sign_in(make.make_person("Nobody")).get(url).status_code == 404


def test_own_data_tells_of_no_decision_before_it_is_sent() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=make_staff(cohort))
    own = personal_data(candidacy.person)["offers_to_mentor"][0]
    assert own["plan"] == candidacy.plan
    assert own["seats_given"] is None
