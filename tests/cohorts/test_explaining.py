"""Staff ask why somebody cannot open a page, and look at pages with others' eyes; nothing private comes with it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.people.models import Person
from mentors.services import declare_conflict
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.demo.test_building import rows_by_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort("Winter")


@pytest.fixture
def rui(sign_in: SignIn, cohort: Cohort) -> Client:
    return sign_in(member(cohort, "Rui", CohortRole.STAFF))


@pytest.fixture
def mira(cohort: Cohort) -> Person:
    return member(cohort, "Mira", CohortRole.MENTOR, make.make_stream(cohort, "Circuits"))


def member(cohort: Cohort, name: str, role: CohortRole, stream: object = None) -> Person:
    person = make.make_person(name)
    make.make_membership(person, cohort, role, stream)  # type: ignore[arg-type]
    make.make_second_factor(person)
    return person


def asked(client: Client, cohort: Cohort, person: Person, address: str) -> str:
    url = reverse("cohorts:explain", args=[cohort.slug])
    return client.get(url, {"person": person.email, "address": address}).content.decode()


def test_refusal_is_told_in_the_words_of_the_page(rui: Client, cohort: Cohort, mira: Person) -> None:
    told = asked(rui, cohort, mira, reverse("cohorts:history", args=[cohort.slug]))
    assert "Mira cannot open it" in told
    assert "“Only programme staff can do this.”" in told
    assert "Mentor of Circuits since" in told


def test_whole_address_with_its_host_is_understood(rui: Client, cohort: Cohort, mira: Person) -> None:
    told = asked(rui, cohort, mira, "https://portal.example" + reverse("mentors:review", args=[cohort.slug]) + "?x=1")
    assert "Mira can open it" in told
    assert "See the page as they do" in told


def test_missing_second_factor_and_closed_account_stop_before_the_page(rui: Client, cohort: Cohort) -> None:
    person = make.make_person("Ren")
    make.make_membership(person, cohort, CohortRole.STAFF)
    address = reverse("cohorts:overview", args=[cohort.slug])
    assert "have not set one up" in asked(rui, cohort, person, address)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert "The account is closed" in asked(rui, cohort, person, address)


@pytest.mark.parametrize("address", ["/nowhere/", "/accounts/email/", "/", "http://[", "/cohorts/another/overview/"])
def test_page_that_is_none_of_the_cohort_is_not_tried(rui: Client, cohort: Cohort, mira: Person, address: str) -> None:
    make.make_cohort("Another", slug="another")
    assert "That is no page of Winter" in asked(rui, cohort, mira, address)


def test_person_without_an_account_is_named_in_the_form(rui: Client, cohort: Cohort) -> None:
    url = reverse("cohorts:explain", args=[cohort.slug])
    told = rui.get(url, {"person": "gone@example.org", "address": "/"}).content.decode()
    assert "No account has this address" in told
    assert "gone@example.org" in told


def test_ties_and_streams_are_reasons(rui: Client, cohort: Cohort, mira: Person) -> None:
    application = make.make_application(cohort)
    address = reverse("mentors:desk", args=[cohort.slug, application.code])
    assert "goes to Circuits" in asked(rui, cohort, mira, address)
    declare_conflict(application=application, person=mira, kind=ConflictKind.COLLEAGUE, by=mira)
    told = asked(rui, cohort, mira, address)
    assert "A tie was declared on" in told
    assert "there is nothing here" in told


def test_page_is_shown_read_only_with_a_banner_and_an_entry(rui: Client, cohort: Cohort, mira: Person) -> None:
    address = reverse("mentors:review", args=[cohort.slug])
    answer = rui.post(reverse("cohorts:view_as", args=[cohort.slug]), {"person": mira.email, "address": address})
    assert "You see this page as Mira does" in answer.content.decode()
    assert "sandbox allow-same-origin" in answer["Content-Security-Policy"]
    assert "allow-scripts" not in answer["Content-Security-Policy"]
    entry = Entry.objects.get(verb="view as")
    assert (entry.actor, entry.subject) == (Person.objects.get(name="Rui"), f"people.person:{mira.code}")


def test_what_is_the_persons_alone_is_not_shown(rui: Client, cohort: Cohort, mira: Person) -> None:
    ada = make.make_application(cohort).person
    address = reverse("applications:apply", args=[cohort.slug])
    assert "may hold what is theirs alone" in asked(rui, cohort, ada, address)
    sent = {"person": ada.email, "address": address}
    assert rui.post(reverse("cohorts:view_as", args=[cohort.slug]), sent).status_code == 404
    assert not Entry.objects.filter(verb="view as").exists()


def test_staff_with_a_tie_look_through_nobodys_eyes(sign_in: SignIn, cohort: Cohort, mira: Person) -> None:
    person = member(cohort, "Rui", CohortRole.STAFF)
    declare_conflict(application=make.make_application(cohort), person=person, kind=ConflictKind.FRIEND, by=person)
    address = reverse("mentors:review", args=[cohort.slug])
    assert "See the page as they do" not in asked(sign_in(person), cohort, mira, address)


@pytest.mark.django_db(databases=["default", "support"])
def test_looking_leaves_nothing_behind(rui: Client, cohort: Cohort, mira: Person) -> None:
    """The first look at the page that leads a mentor to their ranking may write; a look with their eyes does not."""
    before = rows_by_table()
    for name in ("mentors:review", "mentors:own_ranking", "applications:apply"):
        asked(rui, cohort, mira, reverse(name, args=[cohort.slug]))
    assert rows_by_table() == before
