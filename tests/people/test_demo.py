"""One click signs in an invented person, and only on a portal that nobody else can reach."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.states import CohortRole
from mats_portal.people.checks import demo_logins_stay_at_home
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO_LOGINS = True


def test_demo_door_is_not_there_by_default(client: Client) -> None:
    ada = make.make_person("Ada", is_synthetic=True)
    assert client.get(reverse("people:demo")).status_code == 404
    assert client.post(reverse("people:sign_in", args=[ada.code])).status_code == 404


def test_invented_person_is_signed_in_with_one_click(client: Client, demo: None) -> None:
    rui = make.make_person("Rui Almeida", email="rui@demo.example", is_synthetic=True)
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    make.make_second_factor(rui)
    assert b"Rui Almeida" in client.get(reverse("people:demo")).content
    client.post(reverse("people:sign_in", args=[rui.code]))
    assert client.get(reverse("people:settings")).status_code == 200


def test_demo_does_not_spare_staff_the_second_factor(client: Client, demo: None) -> None:
    rui = make.make_person("Rui", is_synthetic=True)
    make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    client.post(reverse("people:sign_in", args=[rui.code]))
    assert client.get(reverse("people:settings")).status_code == 302


def test_real_person_is_never_signed_in_with_one_click(client: Client, demo: None) -> None:
    ada = make.make_person("Ada")
    assert client.post(reverse("people:sign_in", args=[ada.code])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_looking_at_the_door_signs_nobody_in(client: Client, demo: None) -> None:
    ada = make.make_person("Ada", is_synthetic=True)
    assert client.get(reverse("people:sign_in", args=[ada.code])).status_code == 405


@pytest.mark.parametrize(("url", "errors"), [("http://localhost:8000", 0), ("https://portal.example.org", 1)])
def test_demo_logins_stay_on_this_machine(settings: Any, demo: None, url: str, errors: int) -> None:
    settings.SITE_URL = url
    assert len(demo_logins_stay_at_home(None)) == errors


def test_demo_logins_are_printed_one_a_line(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    make.make_person("Ada Okonkwo", email="ada@demo.example", is_synthetic=True)
    call_command("demo_logins")
    assert "ada@demo.example" in capsys.readouterr().out
