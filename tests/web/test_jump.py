"""The jump field leads to what the reader may open, and to nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from tests import make

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def cohort() -> Cohort:
    cohort = make.make_cohort("Winter")
    make.make_stream(cohort, "Oversight")
    return cohort


def test_one_thing_is_gone_to_at_once(sign_in: SignIn, cohort: Cohort) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    client = sign_in(rui)
    assert client.get("/jump/", {"q": "  oversight "})["Location"] == f"/cohorts/{cohort.slug}/streams/" + (
        cohort.streams.get().code + "/"
    )
    assert client.get("/jump/", {"q": "Extens"})["Location"] == f"/cohorts/{cohort.slug}/extensions/"


def test_several_are_listed_and_none_is_said_with_the_words_kept(sign_in: SignIn, cohort: Cohort) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    client = sign_in(rui)
    shown = client.get("/jump/", {"q": "s"}).content.decode()
    assert "Streams" in shown
    assert "Settings" in shown
    shown = client.get("/jump/", {"q": "<b>zebra"}).content.decode()
    assert "Nothing by that name" in shown
    assert "&lt;b&gt;zebra" in shown


def test_what_one_may_not_open_is_not_found(sign_in: SignIn, cohort: Cohort) -> None:
    client = sign_in(make.make_person("Nobody"))
    make.make_person("Zelda Fitz", email="zelda@example.org")
    for words in ("Oversight", "Zelda", "Extensions", "\x00", "x" * 5000):
        assert client.get("/jump/", {"q": words}).status_code in (200, 400)
        assert "Nothing by that name" in client.get("/jump/", {"q": words}).content.decode() or "\x00" in words


def test_administrator_finds_accounts(sign_in: SignIn) -> None:
    adi, zelda = make.make_person("Adi"), make.make_person("Zelda Fitz")
    make.make_global_role(adi)
    assert sign_in(adi).get("/jump/", {"q": "zelda"})["Location"] == f"/people/{zelda.code}/"


def test_field_stands_in_the_head_for_those_who_have_signed_in(sign_in: SignIn, client: Client, cohort: Cohort) -> None:
    assert "data-jump" in sign_in(make.make_person("Ada")).get("/").content.decode()
    assert "data-jump" not in client.get("/").content.decode()
