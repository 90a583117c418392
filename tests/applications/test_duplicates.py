"""Two applications of one person: found by keys, joined by a decision, counted once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.errors import NotJoined, PairChanged
from applications.models import Application
from applications.selectors.duplicates import duplicates_in
from applications.services import submit_application
from applications.services.duplicates import join_applications, keep_apart, separate_application
from applications.table import counts_of
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.services import undo_deed
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort with a stream."""
    made = make.make_cohort()
    make.make_stream(made, "Oversight")
    return made


@pytest.fixture
def staff(cohort: Cohort) -> Person:
    """Rui, who runs the cohort."""
    person = make.make_person("Rui")
    make.make_membership(person, cohort, CohortRole.STAFF)
    return person


def applied(cohort: Cohort, name: str, email: str, *, submitted: bool = True) -> Application:
    person = make.make_person(name)
    Person.objects.filter(pk=person.pk).update(email=email)
    return make.make_application(cohort, Person.objects.get(pk=person.pk), submitted=submitted)


def found(cohort: Cohort, staff: Person) -> list[tuple[str, str, list[str]]]:
    pairs = duplicates_in(cohort, Person.objects.get(pk=staff.pk))
    return [(pair.first.person.email, pair.second.person.email, pair.reasons) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "two", "reasons"),
    [
        (("Renée Q. Descartes", "r@a.org"), ("descartes  RENEE, q", "d@b.org"), ["the same name"]),
        (("Ada One", "ada.l@gmail.com"), ("Countess Two", "adal+mats@googlemail.com"), ["the same mailbox"]),
        (("Ada One", "ada@x.org"), ("ONE ADA", "ada+2@x.org"), ["the same mailbox", "the same name"]),
        (("Ada One", "ada.l@x.org"), ("Countess Two", "adal@x.org"), []),
        (("Li", "li@x.org"), ("Li", "li@y.org"), []),
        (("李 小龙明月", "a1@x.org"), ("小龙明月 李", "b1@y.org"), ["the same name"]),
    ],
)
def test_pair_is_found_by_its_keys(
    cohort: Cohort, staff: Person, one: tuple[str, str], two: tuple[str, str], reasons: list[str]
) -> None:
    applied(cohort, *one)
    applied(cohort, *two, submitted=False)
    assert found(cohort, staff) == ([(one[1], two[1], reasons)] if reasons else [])


def test_what_many_share_other_cohorts_and_those_without_access_show_nothing(cohort: Cohort, staff: Person) -> None:
    for number in range(21):
        applied(cohort, "Common Name", f"c{number}@x.org", submitted=False)
    applied(make.make_cohort("Other"), "Rare Name", "r1@x.org", submitted=False)
    applied(cohort, "Rare Name", "r2@x.org", submitted=False)
    assert found(cohort, staff) == []
    applied(cohort, "Name, Rare", "r3@x.org", submitted=False)
    assert len(found(cohort, staff)) == 1
    assert found(cohort, make.make_person("Nobody")) == []


def test_joining_counts_one_person_tells_the_other_and_can_be_undone(cohort: Cohort, staff: Person) -> None:
    keep, other = applied(cohort, "Ada One", "a@x.org"), applied(cohort, "Ada One", "b@x.org")
    deed = join_applications(keep=keep, other=other, by=staff)
    assert counts_of(cohort) == {"submitted": 1, "withdrawn": 0, "started": 1}
    assert found(cohort, staff) == []
    letter = Letter.objects.get(kind="applications read together")
    assert (letter.recipient, letter.not_before) == (other.person, deed.until)
    assert "a@x.org" not in letter.text
    with pytest.raises(PairChanged):
        join_applications(keep=keep, other=other, by=staff)
    undo_deed(deed=deed, by=staff)
    assert counts_of(cohort) == {"submitted": 2, "withdrawn": 0, "started": 2}
    letter.refresh_from_db()
    assert letter.state == "cancelled"
    other.refresh_from_db()
    assert (other.state, other.joined_to, other.withdrawn_at) == ("submitted", None, None)
    with pytest.raises(NotJoined):
        separate_application(application=other, by=staff)


def test_draft_is_set_aside_without_a_letter_and_comes_back_as_a_draft(cohort: Cohort, staff: Person) -> None:
    keep, other = applied(cohort, "Ada One", "a@x.org"), applied(cohort, "Ada One", "b@x.org", submitted=False)
    join_applications(keep=keep, other=other, by=staff)
    assert not Letter.objects.filter(kind="applications read together").exists()
    assert separate_application(application=other, by=staff).state == "draft"
    assert counts_of(cohort)["started"] == 2


def test_applicant_who_submits_again_counts_again(cohort: Cohort, staff: Person) -> None:
    keep, other = applied(cohort, "Ada One", "a@x.org"), applied(cohort, "Ada One", "b@x.org")
    join_applications(keep=keep, other=other, by=staff)
    submit_application(application=Application.objects.get(pk=other.pk), by=other.person)
    assert counts_of(cohort)["submitted"] == 2
    assert len(found(cohort, staff)) == 1


def test_story_of_comparing_keeping_apart_and_joining(cohort: Cohort, staff: Person, sign_in: SignIn) -> None:
    rui: Client = sign_in(staff)
    one, two = applied(cohort, "Ada <One>", "a@x.org"), applied(cohort, "Ada <One>", "b@x.org")
    three = applied(cohort, "Ada Three", "a+3@x.org")
    url = reverse("applications:duplicates", args=[cohort.slug])
    assert "Ada &lt;One&gt;" in rui.get(url).text
    pair = reverse("applications:pair", args=[cohort.slug, one.code, two.code])
    assert "One person, or two?" in rui.get(pair).text
    rui.post(pair, {"keep": "both"})
    assert found(cohort, staff) == [("a@x.org", "a+3@x.org", ["the same mailbox"])]
    keep_apart(first=two, second=one, by=staff)
    page = rui.post(
        reverse("applications:pair", args=[cohort.slug, one.code, three.code]), {"keep": one.code}, follow=True
    )
    assert "Set aside" in page.text
    assert ">Undo</a>" in page.text
    three.refresh_from_db()
    assert three.joined_to == one
    home = sign_in(three.person).get(reverse("applications:apply", args=[cohort.slug])).text
    assert "We read your other application" in home
    rui.post(reverse("applications:separate", args=[cohort.slug, three.code]))
    three.refresh_from_db()
    assert three.state == "submitted"


def test_list_costs_the_same_for_many(cohort: Cohort, staff: Person, sign_in: SignIn) -> None:
    rui, costs = sign_in(staff), []
    for number in range(6):
        applied(cohort, f"Twin Number{number}", f"x{number}@x.org", submitted=False)
        applied(cohort, f"Twin Number{number}", f"y{number}@x.org", submitted=False)
        if number in (0, 5):
            with CaptureQueriesContext(connection) as asked:
                rui.get(reverse("applications:duplicates", args=[cohort.slug]))
            costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
