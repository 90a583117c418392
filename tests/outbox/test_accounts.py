"""Letters of sign-up and sign-in are rows, with links to this site only."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
NEW = {"email": "Ada@Example.org", "password1": "a long enough secret", "name": "Ada", "time_zone": "Africa/Lagos"}


def test_sign_up_writes_a_letter_and_a_person(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"  # A mail server that is down breaks no sign-up.
    assert client.post(reverse("account_signup"), NEW).status_code == 302
    letter = Letter.objects.get()
    assert (letter.address, letter.kind, letter.recipient) == ("ada@example.org", "account", Person.objects.get())
    assert (Person.objects.get().name, Person.objects.get().time_zone) == ("Ada", "Africa/Lagos")


def test_sign_up_with_a_known_address_looks_the_same_and_tells_only_its_owner(client: Client) -> None:
    make.make_person("Ada", email="ada@example.org")
    known = client.post(reverse("account_signup"), NEW)
    unknown = Client().post(reverse("account_signup"), NEW | {"email": "eve@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Person.objects.filter(email="ada@example.org").count() == 1


def test_reset_link_leads_to_the_configured_site_whatever_the_request_says(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.example.org"
    make.make_person("Ada", email="ada@example.org", password="a long enough secret")
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"}, headers={"host": "evil.example"})
    text = Letter.objects.get().text
    assert "https://portal.example.org/accounts/password/reset/key/" in text
    assert "evil.example" not in text


@pytest.mark.parametrize("email", [["a@example.org", "b@example.org"], ["{}"], ["x" * 300 + "@example.org"], ["\x00"]])
def test_sign_up_takes_hostile_addresses_calmly(client: Client, email: list[str]) -> None:
    assert client.post(reverse("account_signup"), NEW | {"email": email}).status_code in (200, 302, 400)


PACKAGE = Path(allauth.__file__).parent / "templates"
OURS = Path(settings.BASE_DIR) / "templates"
LETTERS = [
    path.relative_to(PACKAGE) for part in ("account", "mfa") for path in (PACKAGE / part / "email").glob("*.txt")
]


@pytest.mark.parametrize("name", sorted(str(name) for name in LETTERS))
def test_every_letter_of_the_package_is_in_our_words(name: str) -> None:
    assert (OURS / name).exists(), "The package has a letter that we have not written ourselves."
    facts = {
        "code": "H7KQ",
        "activate_url": "/confirm/",
        "ip": "192.0.2.1",
        "timestamp": timezone.now(),
        "email": "a@b.c",
    }
    written = render_to_string(name, facts).strip()
    if name.endswith("_subject.txt"):
        assert len(written) in range(10, 60)
        assert "\n" not in written
    assert not any(words in written.lower() for words in ("please", "successfully", "hello from", "user ", "initiate"))
