"""Whoever has power over others goes on only with a second factor, however they came in."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.states import CohortRole
from mats_portal.people.adapter import SecondFactorAdapter
from mats_portal.people.states import Role
from tests import make

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize("role", [CohortRole.STAFF, CohortRole.SUPPORT])
def test_role_in_a_cohort_asks_for_a_second_factor(sign_in: SignIn, role: CohortRole) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, make.make_cohort(), role)
    answer = sign_in(rui, second_factor=False).get("/settings/")
    assert answer["Location"] == f"{reverse('mfa_index')}?next=%2Fsettings%2F"


@pytest.mark.parametrize("role", Role)
def test_role_in_the_whole_portal_asks_for_a_second_factor(sign_in: SignIn, role: Role) -> None:
    adm = make.make_person("Adm")
    make.make_global_role(adm, role)
    assert sign_in(adm, second_factor=False).get("/").status_code == 302
    assert sign_in(adm, second_factor=True).get("/").status_code == 200


def test_role_that_sees_nobody_else_does_not_ask(sign_in: SignIn) -> None:
    assert sign_in(make.make_person("Ada")).get("/").status_code == 200


def test_role_given_during_a_session_asks_at_once(sign_in: SignIn) -> None:
    rui = make.make_person("Rui")
    browser = sign_in(rui)
    assert browser.get("/").status_code == 200
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    assert browser.get("/").status_code == 302


def test_session_that_never_used_the_second_factor_is_asked_for_it(sign_in: SignIn) -> None:
    """Rui set it up in another browser; this one is still signed in by password alone."""
    rui = make.make_person("Rui")
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    make.make_second_factor(rui)
    answer = sign_in(rui, second_factor=False).get("/settings/")
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))


def test_act_is_refused_with_the_reason_and_not_led_away(sign_in: SignIn) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    answer = sign_in(rui, second_factor=False).post("/settings/", {"name": "Rui", "time_zone": "UTC"})
    assert answer.status_code == 403
    assert b"second step" in answer.content


def test_signing_out_is_always_allowed(sign_in: SignIn) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    browser = sign_in(rui, second_factor=False)
    browser.post(reverse("account_logout"))
    assert "_auth_user_id" not in browser.session


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_opens_the_portal_in_the_same_session(client: Client) -> None:
    rui = make.make_person("Rui", password="a long enough secret")
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    client.post(reverse("account_login"), {"login": rui.email, "password": "a long enough secret"})
    client.post(reverse("account_reauthenticate"), {"password": "a long enough secret"})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=rui, type="totp").exists()
    assert client.get("/").status_code == 200


def test_signing_in_with_a_password_ends_at_the_second_factor(client: Client) -> None:
    rui = make.make_person("Rui", password="a long enough secret")
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    make.make_second_factor(rui)
    answer = client.post(reverse("account_login"), {"login": rui.email, "password": "a long enough secret"})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/settings/")["Location"].startswith(reverse("account_login"))


def test_secret_of_the_authenticator_app_is_kept_encrypted() -> None:
    rui = make.make_person("Rui")
    authenticator = make.make_second_factor(rui)
    stored = authenticator.data["secret"]
    assert authenticator.wrap().validate_code(code_now(SecondFactorAdapter().decrypt(stored)))
    assert SecondFactorAdapter().decrypt(stored) not in stored
