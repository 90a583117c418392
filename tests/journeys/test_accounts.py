"""Making an account, and the second step of signing in."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from playwright.sync_api import Page, expect

from mats_portal.cohorts.states import CohortRole
from mats_portal.outbox.models import Letter
from mats_portal.people.invitations import invite
from mats_portal.people.models import Person
from tests import make
from tests.journeys.conftest import Enter, Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "support"])
PASSWORD = "paper lantern harbour 7"
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_sent_to(address: str) -> str:
    """The code in the newest letter to the address; letters are rows, so nothing has to be delivered first."""
    found = CODE.search(Letter.objects.filter(address=address).latest("pk").text)
    assert found is not None
    return found[1]


def current_code(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_stranger_makes_an_account(enter: Enter) -> None:
    stranger = enter()
    page = stranger.open("/accounts/signup/")
    stranger.look_around()
    page.get_by_label("E-mail address").fill("Ada.Okonkwo@Example.ORG")
    page.get_by_label("Full name").fill("  Ada   Okonkwo ")
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Confirm your address")).to_be_visible()
    stranger.look_around()
    page.get_by_label("Code").fill(code_sent_to("ada.okonkwo@example.org"))
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{stranger.home}/")
    stranger.look_around()
    ada = Person.objects.get(email="ada.okonkwo@example.org")
    assert ada.name == "Ada Okonkwo"
    assert ada.time_zone == "Europe/Berlin"


def test_staff_are_led_to_a_second_factor(enter: Enter) -> None:
    rui, cohort = make.make_person("Rui", password=PASSWORD), make.make_cohort()
    make.make_membership(rui, cohort, CohortRole.STAFF)
    visitor = enter()
    page = _sign_in(visitor, rui.email)
    expect(page).to_have_url(re.compile("/accounts/2fa/"))
    visitor.look_around()
    _open_guarded(visitor, "/accounts/2fa/totp/activate/")
    expect(page.get_by_role("heading", name="Set up your authenticator app")).to_be_visible()
    visitor.look_around()
    page.get_by_text("The app cannot scan?").click()
    secret = page.locator("details code").inner_text()
    page.get_by_label("code").last.fill(current_code(secret))
    page.get_by_role("button", name="Done").click()
    expect(page).not_to_have_url(re.compile("activate"))
    assert Authenticator.objects.filter(user=rui, type=Authenticator.Type.TOTP).exists()
    visitor.open("/")
    expect(page).to_have_url(f"{visitor.home}/")
    visitor.look_around()


def test_second_factor_is_asked_at_the_next_sign_in(enter: Enter) -> None:
    rui = make.make_person("Rui", password=PASSWORD)
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    factor = make.make_second_factor(rui)
    visitor = enter()
    page = _sign_in(visitor, rui.email)
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    visitor.look_around()
    page.get_by_label("code").first.fill(current_code(get_adapter().decrypt(factor.data["secret"])))
    page.get_by_role("button", name="Sign in").first.click()
    expect(page).to_have_url(f"{visitor.home}/")


def test_passkey_signs_in_without_a_password(enter: Enter) -> None:
    mira = make.make_person("Mira", password=PASSWORD)
    visitor = enter()
    device = visitor.page.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page = _sign_in(visitor, mira.email)
    _open_guarded(visitor, "/accounts/2fa/webauthn/add/")
    expect(page.get_by_role("heading", name="Add a key")).to_be_visible()
    visitor.look_around()
    page.get_by_label("Name").fill("Mira's key")
    page.get_by_label("without a password").check()
    page.get_by_role("button", name="Add it").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    assert Authenticator.objects.filter(user=mira, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.context.clear_cookies()
    page.goto(f"{visitor.home}/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    expect(page).to_have_url(f"{visitor.home}/", timeout=15_000)


def _open_guarded(visitor: Visitor, path: str) -> None:
    """Go where the portal asks once more whether it is still the same person, and say so."""
    page = visitor.open(path)
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    visitor.look_around()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{visitor.home}{path}")


def _sign_in(visitor: Visitor, address: str) -> Page:
    page = visitor.open("/accounts/login/")
    page.get_by_label("E-mail").first.fill(address)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    return page


def test_invited_person_accepts_in_a_browser(enter: Enter) -> None:
    ben, cohort = make.make_person("Ben"), make.make_cohort()
    _, token = invite(
        email=ben.email, purpose="membership", target=cohort.slug, detail="reviewer:", by=make.make_person("Rui")
    )
    visitor = enter(ben)
    page = visitor.open(reverse("people:invitation", args=[token]))
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("You have accepted the invitation").wait_for()
    visitor.look_around()
