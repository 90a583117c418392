"""Pages of letters: staff of the cohort read them, administrators see that they were sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.outbox.dashboard import cohort_menu, cohort_queues, menu
from mats_portal.outbox.models import Letter
from mats_portal.outbox.policies import can_settle_letter, letters_to_settle, letters_visible_to
from mats_portal.outbox.privacy import personal_data
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import Person
from mats_portal.web.clock import database_now
from tests.conftest import SignIn
from tests.make import make_cohort, make_global_role, make_membership, make_person
from tests.outbox.conftest import NOTICE, SEALED, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort."""
    return make_cohort()


@pytest.fixture
def rui(cohort: Cohort) -> Person:
    """Staff of the cohort."""
    person = make_person("Rui")
    make_membership(person, cohort, CohortRole.STAFF)
    return person


@pytest.fixture
def staff(rui: Person, sign_in: SignIn) -> Client:
    """Rui's browser."""
    return sign_in(rui)


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    """An administrator's browser."""
    person = make_person("Uma")
    make_global_role(person)
    return sign_in(person)


def make_letter(cohort: Cohort | None = None, state: LetterState = LetterState.PLANNED, **more: Any) -> Letter:
    """A letter to Ada that says something about pears."""
    given: dict[str, Any] = {
        "kind": NOTICE,
        "to": make_person("Ada"),
        "key": f"letter:{Letter.objects.count()}",
        "facts": {"who": "Ada", "thing": "pears"},
        "cohort": cohort,
    }
    letter = post_letter(**given | more)
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state=state)
    return Letter.objects.get(pk=letter.pk)


def test_staff_find_and_read_a_letter(staff: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort)
    page = staff.get(reverse("outbox:letters", args=[cohort.slug]))
    assert "News for Ada" in page.content.decode()
    assert "pears" in staff.get(letter.get_absolute_url()).content.decode()


def test_staff_of_another_cohort_find_nothing(staff: Client) -> None:
    other = make_cohort()
    letter = make_letter(other)
    assert staff.get(reverse("outbox:letters", args=[other.slug])).status_code == 404
    assert staff.get(letter.get_absolute_url()).status_code == 404
    assert staff.post(reverse("outbox:settle", args=[letter.code])).status_code == 404


def test_administrator_sees_that_a_letter_was_sent_but_nothing_of_it(admin: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort, LetterState.SENT)
    page = admin.get(letter.get_absolute_url()).content.decode()
    assert letter.address in page
    for word in ("pears", "News for Ada", "Test notice", cohort.name):
        assert word not in page
    assert admin.post(reverse("outbox:settle", args=[letter.code])).status_code == 403


def test_secret_is_shown_to_nobody(staff: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort, kind=SECRET)
    assert "pears" not in staff.get(letter.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("words", "found"), [("ada", 1), ("pears", 0), ("News", 1), ("\u202e%_'\"", 0)])
def test_letters_are_searched_by_reader_and_subject(staff: Client, cohort: Cohort, words: str, found: int) -> None:
    make_letter(cohort)
    page = staff.get(reverse("outbox:letters", args=[cohort.slug]), {"q": words, "state": "nonsense", "kind": "x"})
    assert page.status_code == 200
    assert len(page.context["page"].items) == found


def test_letters_are_narrowed_by_state(staff: Client, cohort: Cohort) -> None:
    make_letter(cohort), make_letter(cohort, LetterState.SENT)
    page = staff.get(reverse("outbox:letters", args=[cohort.slug]), {"state": "sent"})
    assert [letter.state for letter in page.context["page"].items] == [LetterState.SENT]


def test_doubt_is_settled_on_the_page(staff: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort, LetterState.UNKNOWN)
    assert "It has arrived" in staff.get(letter.get_absolute_url()).content.decode()
    settle = reverse("outbox:settle", args=[letter.code])
    assert "Noted" in staff.post(settle, {"answer": "arrived"}, follow=True).content.decode()
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert "has settled this letter" in staff.post(settle, {"answer": "arrived"}, follow=True).content.decode()


def test_failed_letter_is_sent_again_from_its_page(staff: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort, LetterState.FAILED)
    staff.post(reverse("outbox:settle", args=[letter.code]), {"answer": "again"})
    letter.refresh_from_db()
    assert letter.state == LetterState.PLANNED


def test_held_letters_are_answered_on_the_list(staff: Client, cohort: Cohort) -> None:
    letter = make_letter(cohort, LetterState.HELD)
    assert "wait for your yes" in staff.get(reverse("outbox:letters", args=[cohort.slug])).content.decode()
    answer = staff.post(reverse("outbox:held", args=[cohort.slug]), {"answer": "send"}, follow=True)
    assert "1 letter goes out." in answer.content.decode()
    letter.refresh_from_db()
    assert letter.state == LetterState.PLANNED
    again = staff.post(reverse("outbox:held", args=[cohort.slug]), {"answer": "drop"}, follow=True)
    assert "No letters wait" in again.content.decode()


def test_post_office_shows_no_letters_of_cohorts(admin: Client, cohort: Cohort) -> None:
    make_letter(cohort)
    own = make_letter()
    page = admin.get(reverse("outbox:post_office"))
    assert [letter.pk for letter in page.context["page"].items] == [own.pk]
    assert "pears" not in admin.get(own.get_absolute_url()).content.decode()


def test_system_page_says_what_is_not_well(admin: Client, staff: Client, cohort: Cohort) -> None:
    make_letter(cohort, LetterState.FAILED)
    for browser in (admin, staff):
        page = browser.get(reverse("outbox:system")).content.decode()
        assert "Letters that need a person: 1 failed." in page
        assert "It has not rung" in page


def test_policy_and_its_list_agree(rui: Person, cohort: Cohort) -> None:
    uma = make_person("Uma")
    make_global_role(uma)
    make_letter(cohort), make_letter(make_cohort()), make_letter()
    for person in (rui, uma):
        listed = set(letters_visible_to(person).filter(letters_to_settle(person)))
        assert listed == {letter for letter in Letter.objects.all() if can_settle_letter(person, letter).allowed}


@pytest.mark.parametrize("name", ["outbox:letters", "outbox:tomorrow"])
def test_list_asks_as_often_for_thirty_rows_as_for_three(
    staff: Client, cohort: Cohort, name: str, django_assert_max_num_queries: Any
) -> None:
    address, asked = reverse(name, args=[cohort.slug]), []
    for count in (3, 27):
        for _ in range(count):
            make_letter(cohort)
        with django_assert_max_num_queries(12) as captured:
            staff.get(address)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_system_page_asks_little(admin: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(16):
        admin.get(reverse("outbox:system"))


def test_letters_that_need_staff_stand_in_their_queue(rui: Person, cohort: Cohort) -> None:
    make_letter(cohort, LetterState.UNKNOWN), make_letter(cohort), make_letter(make_cohort(), LetterState.FAILED)
    queue, reminders = cohort_queues(rui, cohort, database_now())
    assert (reminders.count, reminders.is_stuck) == (0, False)
    assert (queue.count, queue.oldest is None) == (1, False)
    assert cohort_queues(make_person("Nobody"), cohort, database_now()) == []


def test_menu_leads_to_letters_and_the_system_page(rui: Person, cohort: Cohort) -> None:
    assert [item.label for item in cohort_menu(rui, cohort)] == ["Letters"]
    assert menu(rui) == []
    uma = make_person("Uma")
    make_global_role(uma)
    assert [item.label for item in menu(uma)] == ["System"]
    assert cohort_menu(uma, cohort) == []


def test_sealed_letter_is_listed_for_nobody(staff: Client, admin: Client, rui: Person, cohort: Cohort) -> None:
    ours, nobodys = make_letter(cohort, kind=SEALED, to=rui), make_letter(kind=SEALED, to=rui)
    for browser in (staff, admin):
        assert browser.get(ours.get_absolute_url()).status_code == 404
        assert browser.get(nobodys.get_absolute_url()).status_code == 404
    page = staff.get(reverse("outbox:letters", args=[cohort.slug]))
    assert page.context["page"].items == []
    assert "test sealed" not in page.content.decode()
    assert admin.get(reverse("outbox:post_office")).context["page"].items == []
    assert personal_data(rui) == {"letters": []}


def test_search_of_the_post_office_does_not_tell_subjects(admin: Client) -> None:
    make_letter()
    for words, found in (("News for", 0), ("ada", 1)):
        page = admin.get(reverse("outbox:post_office"), {"q": words})
        assert len(page.context["page"].items) == found


def test_person_takes_their_letters_along(cohort: Cohort) -> None:
    letter = make_letter(cohort)
    (taken,) = personal_data(letter.recipient)["letters"]
    assert (taken["subject"], taken["state"]) == ("News for Ada", "waiting to be sent")
