"""Memberships are opened and closed; support and evaluation never meet in one person."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.cohorts.selectors import has_role, needs_second_factor, streams_led_by
from mats_portal.cohorts.services import (
    LastStaffMember,
    MembershipEnded,
    MembershipHeld,
    RoleNotByInvitation,
    StreamNeeded,
    WouldBridgeTheGap,
    close_membership,
    invite_member,
    open_membership,
)
from mats_portal.cohorts.states import SIDE_OF_ROLE, CohortRole, Side
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.invitations import accept_invitation
from mats_portal.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
EVALUATING = [role for role, side in SIDE_OF_ROLE.items() if side == Side.EVALUATION]


def give(cohort: Cohort, person: Person, role: CohortRole) -> Membership:
    stream = make.make_stream(cohort) if role == CohortRole.MENTOR else None
    return open_membership(cohort=cohort, person=person, role=role, by=None, stream=stream)


def afresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("role", CohortRole)
def test_membership_opens_a_role(role: CohortRole) -> None:
    cohort, person = make.make_cohort(), make.make_person("Sam")
    give(cohort, person, role)
    assert has_role(afresh(person), cohort, role)
    assert not has_role(afresh(person), make.make_cohort(), role)
    assert Entry.objects.get().facts["role"] == role


@pytest.mark.parametrize("role", EVALUATING)
def test_nobody_who_supports_evaluates_and_the_other_way_round(role: CohortRole) -> None:
    cohort = make.make_cohort()
    for first, second in ((CohortRole.SUPPORT, role), (role, CohortRole.SUPPORT)):
        person = make.make_person("Sol")
        give(cohort, person, first)
        with pytest.raises(WouldBridgeTheGap, match="ask somebody else"):
            give(cohort, person, second)


def test_gap_is_kept_after_the_membership_has_ended() -> None:
    cohort, sol = make.make_cohort(), make.make_person("Sol")
    close_membership(membership=give(cohort, sol, CohortRole.SUPPORT), by=None)
    with pytest.raises(WouldBridgeTheGap):
        give(cohort, sol, CohortRole.REVIEWER)


def test_gap_is_of_one_cohort() -> None:
    sol = make.make_person("Sol")
    give(make.make_cohort(), sol, CohortRole.SUPPORT)
    give(make.make_cohort(), sol, CohortRole.REVIEWER)


def test_gap_is_kept_by_the_database_itself() -> None:
    cohort, sol = make.make_cohort(), make.make_person("Sol")
    make.make_membership(sol, cohort, CohortRole.SUPPORT)
    with pytest.raises(IntegrityError, match="nobody_both_supports_and_evaluates"), transaction.atomic():
        make.make_membership(sol, cohort, CohortRole.STAFF)
    with pytest.raises(IntegrityError, match="side_follows_role"), transaction.atomic():
        Membership.objects.create(cohort=cohort, person=sol, role="staff", side="support")


@pytest.mark.django_db(transaction=True)
def test_gap_is_kept_when_both_roles_are_given_at_once() -> None:
    cohort, sol = make.make_cohort(), make.make_person("Sol")
    answers: list[str] = []
    barrier = threading.Barrier(2)

    def take(role: CohortRole) -> None:
        barrier.wait(20)
        try:
            open_membership(cohort=cohort, person=sol, role=role, by=None)
            answers.append("opened")
        except WouldBridgeTheGap:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[role]) for role in (CohortRole.SUPPORT, CohortRole.REVIEWER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["opened", "refused"]


def test_membership_is_held_once() -> None:
    cohort, rea = make.make_cohort(), make.make_person("Rea")
    give(cohort, rea, CohortRole.REVIEWER)
    with pytest.raises(MembershipHeld):
        give(cohort, rea, CohortRole.REVIEWER)


def test_membership_that_ended_can_be_opened_again_and_both_are_told() -> None:
    cohort, rea = make.make_cohort(), make.make_person("Rea")
    close_membership(membership=give(cohort, rea, CohortRole.REVIEWER), by=None, reason="on leave")
    give(cohort, rea, CohortRole.REVIEWER)
    assert Membership.objects.filter(person=rea).count() == 2
    assert Membership.objects.get(until__isnull=False).reason == "on leave"


def test_membership_ends_once() -> None:
    membership = give(make.make_cohort(), make.make_person("Rea"), CohortRole.REVIEWER)
    close_membership(membership=membership, by=None)
    with pytest.raises(MembershipEnded):
        close_membership(membership=membership, by=None)


def test_mentor_belongs_to_a_stream_of_the_cohort() -> None:
    cohort, mira = make.make_cohort(), make.make_person("Mira")
    for stream in (None, make.make_stream(make.make_cohort())):
        with pytest.raises(StreamNeeded):
            open_membership(cohort=cohort, person=mira, role=CohortRole.MENTOR, by=None, stream=stream)
    membership = give(cohort, mira, CohortRole.MENTOR)
    assert streams_led_by(afresh(mira)) == {membership.stream_id}


def test_last_of_the_staff_stays() -> None:
    cohort = make.make_cohort()
    first, second = (give(cohort, make.make_person("Rui"), CohortRole.STAFF) for _ in range(2))
    close_membership(membership=first, by=None)
    with pytest.raises(LastStaffMember):
        close_membership(membership=second, by=None)


@pytest.mark.parametrize(("role", "asked"), [(role, role in ("staff", "support")) for role in CohortRole])
def test_second_factor_is_asked_of_staff_and_support(role: CohortRole, asked: bool) -> None:
    person = make.make_person("Sam")
    give(make.make_cohort(), person, role)
    assert needs_second_factor(afresh(person)) is asked


def test_invited_mentor_gets_a_letter_and_the_stream() -> None:
    cohort, mira, rui = make.make_cohort(), make.make_person("Mira"), make.make_person("Rui")
    stream = make.make_stream(cohort, "Oversight")
    invite_member(cohort=cohort, email=mira.email.upper(), role=CohortRole.MENTOR, by=rui, stream=stream)
    letter = Letter.objects.get()
    assert letter.subject == f"You are invited to join {cohort} as mentor of Oversight"
    token = letter.text.partition("/invitations/")[2].partition("/")[0]
    accept_invitation(token=token, by=mira)
    assert streams_led_by(afresh(mira)) == {stream.pk}


def test_nobody_is_invited_to_be_a_scholar() -> None:
    with pytest.raises(RoleNotByInvitation):
        invite_member(
            cohort=make.make_cohort(), email="a@example.org", role=CohortRole.SCHOLAR, by=make.make_person("Rui")
        )
