"""An invitation opens one thing, once, to the owner of one address."""

import threading
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.invitations import (
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationUsed,
    accept_invitation,
    find_invitation,
    invite,
    withdraw_invitation,
)
from mats_portal.people.models import Invitation, Person
from mats_portal.web.errors import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def invited(email: str, detail: str = "reviewer") -> tuple[Invitation, str]:
    cohort = make.make_cohort()
    return invite(email=email, purpose="membership", target=cohort.slug, detail=detail, by=make.make_person("Rui"))


def test_invitation_is_accepted_by_the_owner_of_the_address() -> None:
    ben = make.make_person("Ben")
    invitation, token = invited(ben.email)
    accept_invitation(token=token, by=ben)
    assert Membership.objects.get(person=ben).role == "reviewer"
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", ben)


def test_invitation_keeps_no_token() -> None:
    invitation, token = invited("ben@example.org")
    assert token not in repr(vars(invitation))
    assert find_invitation(token) == invitation
    assert find_invitation(invitation.token_hash) is None


def test_invitation_is_accepted_once() -> None:
    ben = make.make_person("Ben")
    _, token = invited(ben.email)
    accept_invitation(token=token, by=ben)
    with pytest.raises(InvitationUsed):
        accept_invitation(token=token, by=ben)


def test_invitation_is_for_its_address_only() -> None:
    _, token = invited("ben@example.org")
    with pytest.raises(InvitationForSomebodyElse):
        accept_invitation(token=token, by=make.make_person("Nobody"))


def test_invitation_asks_for_a_verified_address() -> None:
    nobody = make.make_person("Nobody")
    EmailAddress.objects.create(user=nobody, email="ben@example.org", verified=False)
    _, token = invited("ben@example.org")
    with pytest.raises(InvitationForSomebodyElse):
        accept_invitation(token=token, by=nobody)


def test_invitation_expires_by_the_clock_of_the_database() -> None:
    ben = make.make_person("Ben")
    invitation, token = invited(ben.email)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=Now())
    with pytest.raises(InvitationExpired):
        accept_invitation(token=token, by=ben)
    assert not Membership.objects.filter(person=ben).exists()


def test_invitation_can_be_withdrawn_and_a_newer_one_withdraws_it() -> None:
    ben, rui = make.make_person("Ben"), make.make_person("Rui")
    cohort = make.make_cohort()
    _, older = invite(email=ben.email, purpose="membership", target=cohort.slug, detail="reviewer", by=rui)
    newer, token = invite(email=ben.email, purpose="membership", target=cohort.slug, detail="reviewer", by=rui)
    with pytest.raises(InvitationExpired):
        accept_invitation(token=older, by=ben)
    withdraw_invitation(invitation=newer, by=rui)
    with pytest.raises(InvitationExpired):
        accept_invitation(token=token, by=ben)


def test_invitation_whose_acceptance_is_refused_stays_open() -> None:
    """Sol supports the cohort, so she cannot become a reviewer of it."""
    cohort, sol = make.make_cohort(), make.make_person("Sol")
    make.make_membership(sol, cohort, CohortRole.SUPPORT)
    invitation, token = invite(
        email=sol.email, purpose="membership", target=cohort.slug, detail="reviewer", by=make.make_person("Rui")
    )
    with pytest.raises(Refusal, match="support"):
        accept_invitation(token=token, by=sol)
    invitation.refresh_from_db()
    assert invitation.state == "open"


@pytest.mark.django_db(transaction=True)
def test_twenty_acceptances_at_once_make_one_membership() -> None:
    ben = make.make_person("Ben")
    _, token = invited(ben.email)
    answers: list[str] = []
    barrier = threading.Barrier(20)

    def accept() -> None:
        barrier.wait(20)
        try:
            accept_invitation(token=token, by=Person.objects.get(pk=ben.pk))
            answers.append("accepted")
        except InvitationUsed:
            answers.append("used")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == ["accepted"] + ["used"] * 19
    assert Membership.objects.filter(person=ben).count() == 1


def test_invitation_page_leads_through_sign_up_and_back(client: Client) -> None:
    _, token = invited("ben@example.org")
    page = client.get(f"/invitations/{token}/")
    assert page["Referrer-Policy"] == "same-origin"
    assert f"next=%2Finvitations%2F{token}%2F&amp;email=ben%40example.org" in page.content.decode()


def test_invitation_page_changes_nothing_when_looked_at(sign_in: Callable[..., Client]) -> None:
    ben = make.make_person("Ben")
    _, token = invited(ben.email)
    browser = sign_in(ben)
    assert b"Accept" in browser.get(f"/invitations/{token}/").content
    assert not Membership.objects.filter(person=ben).exists()
    browser.post(f"/invitations/{token}/accept/")
    assert Membership.objects.filter(person=ben).exists()


def test_invitation_page_does_not_tell_a_stranger_the_address(sign_in: Callable[..., Client]) -> None:
    _, token = invited("ben@example.org")
    assert b"ben@example.org" not in sign_in(make.make_person("Nobody")).get(f"/invitations/{token}/").content


def test_unknown_token_leads_nowhere(client: Client) -> None:
    assert client.get("/invitations/abc/").status_code == 404
