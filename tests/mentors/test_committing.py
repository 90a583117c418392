"""A stream whose mentor was invited and has not signed up selects nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.services import accept_membership, invite_member
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Invitation, Person
from mats_portal.people.states import InvitationState
from mentors.errors import MentorNotCommitted
from mentors.models import Offer
from mentors.selectors.committing import uncommitted_streams
from mentors.services import finish_ranking, make_offer, prepare_offers, rank_applications, run_matching
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def invited() -> tuple[Stream, Person, Invitation]:
    """A stream whose mentor was invited."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Oversight")
    rui = world.make_staff(cohort)
    invitation = invite_member(cohort=cohort, email="mira@example.org", role=CohortRole.MENTOR, stream=stream, by=rui)
    return stream, rui, invitation


def accept(invitation: Invitation, by: Person) -> None:
    """The mentor signs up."""
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.ACCEPTED, accepted_by=by)
    accept_membership(invitation=invitation, by=by)


def test_only_an_unanswered_invitation_makes_a_stream_uncommitted() -> None:
    stream, _, invitation = invited()
    make.make_stream(stream.cohort, "Nobody invited")
    assert list(uncommitted_streams(stream.cohort)) == [stream]
    accept(invitation, make.make_person("Mira"))
    assert not uncommitted_streams(stream.cohort).exists()


def test_a_second_mentor_who_is_still_missing_holds_nothing_up() -> None:
    stream, rui, invitation = invited()
    accept(invitation, make.make_person("Mira"))
    invite_member(cohort=stream.cohort, email="nia@example.org", role=CohortRole.MENTOR, stream=stream, by=rui)
    assert not uncommitted_streams(stream.cohort).exists()


def test_neither_ranking_nor_matching_nor_hand_gives_an_offer() -> None:
    stream, rui, invitation = invited()
    ada = world.make_applicant(stream.cohort, stream)
    rank_applications(stream=stream, ordered=[ada.code], would_take=1, expected_revision=0, by=rui)
    with pytest.raises(MentorNotCommitted, match="no mentor of Oversight has signed up"):
        finish_ranking(stream=stream, by=rui)
    made = run_matching(cohort=stream.cohort, by=rui)
    with pytest.raises(MentorNotCommitted):
        prepare_offers(made=made, by=rui)
    with pytest.raises(MentorNotCommitted):
        make_offer(application=ada, stream=stream, reason="Strong.", by=rui)
    assert not Offer.objects.exists()
    accept(invitation, make.make_person("Mira"))
    finish_ranking(stream=stream, by=rui)
    assert prepare_offers(made=made, by=rui) == 1


def test_staff_read_on_the_page_who_has_not_signed_up(sign_in: SignIn) -> None:
    stream, rui, _ = invited()
    text = sign_in(rui).get(reverse("mentors:selection", args=[stream.cohort.slug])).content.decode()
    assert "not committed: no mentor has signed up yet" in text
