"""Pages by key: nobody is lost, nobody is shown twice, and a made-up cursor does no harm."""

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mats_portal.people.models import Person
from mats_portal.web.pages import Page, keyset
from tests import make

pytestmark = pytest.mark.django_db
KEYS = [("name", "id"), ("-joined_at", "-id"), ("-id",), ("time_zone", "-name", "id")]


def asked(url: str, key: tuple[str, ...], size: int) -> Page[Person]:
    return keyset(Person.objects.all(), RequestFactory().get(f"/{url}"), key=key, size=size)


def walk(key: tuple[str, ...], size: int, url: str = "", back: bool = False) -> list[list[str]]:
    pages = []
    while True:
        page = asked(url, key, size)
        pages.append([person.code for person in page.items])
        if not (url := page.previous_url if back else page.next_url):
            return pages


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["Ada", "Ben", "Cy", "Élodie"]), max_size=14), size=st.integers(1, 6))
def test_walk_meets_everybody_once_and_back_again(key: tuple[str, ...], names: list[str], size: int) -> None:
    Person.objects.all().delete()
    for name in names:
        make.make_person(name, time_zone="UTC" if len(name) > 2 else "Asia/Tokyo")
    order = list(Person.objects.order_by(*key).values_list("code", flat=True))
    forth = walk(key, size)
    assert [code for page in forth for code in page] == order
    if len(forth) > 1:
        last = asked("", key, size)
        while last.next_url:
            last = asked(last.next_url, key, size)
        back = walk(key, size, last.previous_url, back=True)
        assert [code for page in reversed(back) for code in page] == order[: sum(map(len, forth[:-1]))]


def test_page_keeps_the_other_parameters() -> None:
    for _ in range(3):
        make.make_person()
    assert asked("?q=a%26b&q=c", ("-id",), 2).next_url.startswith("?q=a%26b&q=c&after=")


@pytest.mark.parametrize("cursor", ["", "abc", "[]:abc", "%00", "[[%22id%22],[1]]:x"])
def test_made_up_cursor_shows_the_first_page(cursor: str) -> None:
    make.make_person("Ada")
    page = asked(f"?after={cursor}", ("-id",), 2)
    assert [person.name for person in page.items] == ["Ada"]


def test_cursor_of_another_order_shows_the_first_page() -> None:
    for _ in range(3):
        make.make_person("Ada")
    by_name = asked("", ("name", "id"), 1).next_url
    assert asked(by_name, ("-id",), 5).is_first


def test_page_asks_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        asked("", ("-id",), 2)
