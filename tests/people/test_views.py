"""One's own account, and the administrators' list of people."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.people.models import Person
from mats_portal.people.states import Role
from tests import make

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def adm() -> Person:
    adm = make.make_person("Adm")
    make.make_global_role(adm)
    return adm


def test_settings_keep_name_and_zone(sign_in: SignIn) -> None:
    ada = make.make_person("Ada")
    browser = sign_in(ada)
    browser.post(reverse("people:settings"), {"name": "Ada L.", "time_zone": "Asia/Tokyo"})
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone) == ("Ada L.", "Asia/Tokyo")


def test_settings_keep_what_was_typed_when_something_is_wrong(sign_in: SignIn) -> None:
    answer = sign_in(make.make_person("Ada")).post(
        reverse("people:settings"), {"name": "Ada Typed", "time_zone": "Mars/Olympus"}
    )
    assert answer.status_code == 200
    assert b"Ada Typed" in answer.content


def test_own_data_is_a_file_with_the_account(sign_in: SignIn) -> None:
    ada = make.make_person("Ada")
    answer = sign_in(ada).get(reverse("people:own_data"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.content)["account"]["email"] == ada.email


def test_people_are_found_by_name_or_address(sign_in: SignIn, adm: Person) -> None:
    make.make_person("Yara Varga", email="yara@example.org")
    make.make_person("Tom", email="tom@example.org")
    page = sign_in(adm).get(reverse("people:people"), {"q": "yara"}).content.decode()
    assert "Yara Varga" in page
    assert "tom@example.org" not in page


def test_people_are_paged_without_losing_anybody(sign_in: SignIn, adm: Person) -> None:
    for number in range(120):
        make.make_person(f"Person {number:03}")
    browser, url, seen = sign_in(adm), "", []
    while True:
        page = browser.get(reverse("people:people") + url).context["page"]
        seen += [person.name for person in page.items]
        if not (url := page.next_url):
            break
    assert seen == sorted(seen)
    assert len(seen) == 121
    back = browser.get(reverse("people:people") + page.previous_url).context["page"]
    assert [person.name for person in back.items] == seen[50:100]


def test_people_list_asks_as_much_for_three_as_for_thirty(
    sign_in: SignIn, adm: Person, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(adm)
    counts = []
    for number in (3, 30):
        for _ in range(number):
            make.make_global_role(make.make_person("Coo"), Role.COORDINATOR)
        with django_assert_max_num_queries(12) as asked:
            browser.get(reverse("people:people"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_administrator_gives_and_ends_a_role(sign_in: SignIn, adm: Person) -> None:
    rui, browser = make.make_person("Rui"), sign_in(adm)
    browser.post(reverse("people:grant", args=[rui.code]), {"role": Role.COORDINATOR})
    assert rui.global_roles.filter(until=None).exists()
    browser.post(reverse("people:close", args=[rui.code]), {"role": Role.COORDINATOR})
    assert not rui.global_roles.filter(until=None).exists()


def test_last_administrator_is_told_what_to_do(sign_in: SignIn, adm: Person) -> None:
    answer = sign_in(adm).post(reverse("people:close", args=[adm.code]), {"role": Role.ADMIN}, follow=True)
    assert "Make somebody else one first." in answer.content.decode()
