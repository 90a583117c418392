"""Who has an account is told to nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.leaks.looks import CHANGING

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code", "account_signup"])
def test_nobody_learns_whether_an_address_has_an_account(name: str, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    seen = []
    for known in (True, False):
        email = make.make_person("Ada", email="ada@example.org").email if known else "eva@example.org"
        browser = Client()
        data = {"email": email, "name": "Ada", "time_zone": "UTC", "password1": "correct horse 9"}
        answer = browser.post(reverse(name), data, follow=True)
        body = CHANGING.sub(rb"\1", answer.content).replace(email.encode(), b"them")
        seen.append((answer.status_code, answer.redirect_chain, body))
    assert seen[0] == seen[1]


def test_wrong_password_and_unknown_address_are_one_answer(db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    make.make_person("Ada", email="ada@example.org", password="correct horse 9")
    answers = []
    for email in ("ada@example.org", "eva@example.org"):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong horse 9"})
        answers.append((answer.status_code, CHANGING.sub(rb"\1", answer.content).replace(email.encode(), b"them")))
    assert answers[0] == answers[1]
