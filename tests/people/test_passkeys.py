"""A key's answer comes from strangers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

ID = "AAAAAAAAAAAAAAAAAAAAAA"
ANSWER: dict[str, Any] = {
    "id": ID,
    "rawId": ID,
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"},
}
ATTESTED = ANSWER | {"response": {"clientDataJSON": "e30", "attestationObject": "oA"}}
BAD = {
    "nothing": "null",
    "a number": "7",
    "a list": "[]",
    "a word": "key",
    "five thousand digits": "9" * 5000,
    "a deep list": "[" * 100_000,
    "a deep object": '{"a":' * 2000 + "1" + "}" * 2000,
    "NaN": '{"id": NaN}',
    "a NUL": json.dumps(ANSWER | {"id": "\0"}),
    "half a pair": json.dumps(ANSWER | {"id": "\ud800"}),
    "a list for an answer": json.dumps(ANSWER | {"response": []}),
    "a list for a handle": json.dumps(ANSWER | {"response": ANSWER["response"] | {"userHandle": ["MQ"]}}),
    "a handle of digits": json.dumps(ANSWER | {"response": ANSWER["response"] | {"userHandle": "OTk5" * 2000}}),
    "a handle of bytes": json.dumps(ANSWER | {"response": ANSWER["response"] | {"userHandle": "____"}}),
    "an answer": json.dumps(ANSWER),
    "an attestation": json.dumps(ATTESTED),
    "an attestation of bytes": json.dumps(
        ATTESTED | {"response": {"clientDataJSON": "____", "attestationObject": "_"}}
    ),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD)
def test_passkey_that_is_none_signs_nobody_in(client: Client, answer: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": answer})
    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD)
def test_passkey_that_is_none_is_not_added(sign_in: SignIn, answer: str) -> None:
    ada = make.make_person()
    browser = sign_in(ada)
    browser.get(reverse("mfa_add_webauthn"))
    response = browser.post(reverse("mfa_add_webauthn"), {"credential": answer, "name": "My key", "passwordless": "on"})
    assert response.status_code == 200
    assert b"My key" in response.content
    assert not Authenticator.objects.filter(user=ada).exists()
