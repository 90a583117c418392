"""What the pages of selection ask of the database, for few rows and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application, Preference
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.rubrics.models import ScoreSheet
from mentors.models import Assessment, Assignment
from mentors.services import finish_ranking, rank_applications
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db
MOST = 12
Address = Callable[[Cohort, Stream, Application], str]


def of_cohort(name: str) -> Address:
    """A page of the cohort."""
    return lambda cohort, stream, application: reverse(f"mentors:{name}", args=[cohort.slug])


def of_ranking(cohort: Cohort, stream: Stream, application: Application) -> str:
    """The ranking of the stream."""
    return reverse("mentors:ranking", args=[cohort.slug, stream.code])


def of_desk(cohort: Cohort, stream: Stream, application: Application) -> str:
    """The desk with the application."""
    return reverse("mentors:desk", args=[cohort.slug, application.code])


def asked(client: Client, address: str) -> int:
    """How many statements the page runs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def grow(cohort: Cohort, stream: Stream, readers: list[Person], count: int) -> None:
    """So many more applicants, each assigned to the readers."""
    for number in range(count):
        application = world.make_applicant(cohort, stream, name=f"Person {number}")
        for reader in readers:
            Assignment.objects.create(application=application, reviewer=reader, assigned_by=reader)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("staff", of_cohort("assignments")),
        ("staff", of_cohort("selection")),
        ("staff", of_cohort("offers")),
        ("staff", of_cohort("releases")),
        ("reviewer", of_cohort("review")),
        ("reviewer", of_desk),
        ("mentor", of_desk),
        ("mentor", of_ranking),
        ("staff", of_ranking),
    ],
)
def test_a_page_of_selection_asks_the_same_for_few_and_for_many(sign_in: SignIn, who: str, address: Address) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A")
    people = {"staff": world.make_staff(cohort), "reviewer": world.make_reviewer(cohort)}
    people["mentor"] = make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream).person
    readers = [people["reviewer"], people["mentor"]]
    grow(cohort, stream, readers, 3)
    first = cohort.applications.order_by("pk")[0]
    rank_applications(stream=stream, ordered=[first.code], would_take=1, expected_revision=0, by=people["mentor"])
    finish_ranking(stream=stream, by=people["mentor"])
    client = sign_in(people[who])
    client.get("/")
    few = asked(client, address(cohort, stream, first))
    grow(cohort, stream, readers, 27)
    many = asked(client, address(cohort, stream, first))
    assert many <= few <= MOST


def test_a_long_queue_comes_in_pages_and_every_application_once(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream, gil = make.make_stream(cohort), world.make_reviewer(cohort)
    grow(cohort, stream, [gil], 53)
    world.make_assessment(cohort.applications.order_by("pk")[0], gil)
    client = sign_in(gil)
    answer = client.get(reverse("mentors:review", args=[cohort.slug]))
    first = answer.context["page"]
    second = client.get(reverse("mentors:review", args=[cohort.slug]) + first.next_url).context["page"]
    shown = [row.application_id for row in (*first.items, *second.items)]
    assert len(first.items) == 50
    assert sorted(shown) == sorted(cohort.applications.values_list("pk", flat=True))
    assert shown[-1] == cohort.applications.order_by("pk")[0].pk
    assert not second.next_url
    assert b"52 left" in answer.content


def test_of_a_long_ranking_the_unranked_come_in_pages_and_can_be_searched(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, seats=2)
    mira = make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream).person
    grow(cohort, stream, [], 55)
    first, second, *_, last = cohort.applications.order_by("pk")
    rank_applications(stream=stream, ordered=[first.code, second.code], would_take=2, expected_revision=0, by=mira)
    client, address = sign_in(mira), reverse("mentors:ranking", args=[cohort.slug, stream.code])
    answer = client.get(address)
    assert [one.row.application for one in answer.context["ranked"]] == [first, second]
    assert len(answer.context["others"]) == 50
    assert b"1\xe2\x80\x9350 of 53" in answer.content
    assert len(client.get(address, {"page": 2}).context["others"]) == 3
    found = client.get(address, {"q": "person 54"})
    assert [row.application for row in found.context["others"]] == [last]


def test_ranking_somebody_from_a_search_keeps_those_who_were_ranked(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, seats=2)
    mira = make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream).person
    grow(cohort, stream, [], 55)
    first, *_, last = cohort.applications.order_by("pk")
    rank_applications(stream=stream, ordered=[first.code], would_take=1, expected_revision=0, by=mira)
    address = reverse("mentors:ranking", args=[cohort.slug, stream.code])
    typed = {f"place_{first.code}": 1, f"place_{last.code}": 1, "revision": 1, "would_take": 2}
    assert sign_in(mira).post(f"{address}?q=person+54", typed).status_code == 302
    assert list(stream.rankings.order_by("rank").values_list("application", flat=True)) == [last.pk, first.pk]


def test_a_ranking_with_a_thousand_applicants_asks_twelve_statements(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream, gil = make.make_stream(cohort, seats=20), world.make_reviewer(cohort)
    mira = make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream).person
    first = world.make_applicant(cohort, stream)
    sheet = world.make_assessment(first, gil).sheet
    people = Person.objects.bulk_create(Person(email=f"p{n}@example.org", name=f"Person {n}") for n in range(1_000))
    version, moment = first.sheet.version, first.submitted_at
    drafts = AnswerSheet.objects.bulk_create(AnswerSheet(version=version, person=person) for person in people)
    submitted = {"cohort": cohort, "state": "submitted", "submitted_at": moment, "submission_count": 1}
    applications = Application.objects.bulk_create(
        Application(person=person, sheet=draft, **submitted) for person, draft in zip(people, drafts, strict=True)
    )
    Preference.objects.bulk_create(Preference(application=one, stream=stream, rank=1) for one in applications)
    assignments = Assignment.objects.bulk_create(
        Assignment(application=one, reviewer=gil, assigned_by=gil) for one in applications
    )
    points = {"version": sheet.version, "scorer": gil, "finished_at": moment, "motivation": 3}
    sheets = ScoreSheet.objects.bulk_create(ScoreSheet(ability=1 + n % 5, **points) for n in range(1_000))
    Assessment.objects.bulk_create(
        Assessment(assignment=one, sheet=scored, application=one.application, reviewer=gil)
        for one, scored in zip(assignments, sheets, strict=True)
    )
    ordered = [one.code for one in applications[:100]]
    rank_applications(stream=stream, ordered=ordered, would_take=40, expected_revision=0, by=mira)
    for reader in (mira, world.make_staff(cohort)):
        client = sign_in(reader)
        client.get("/")
        assert asked(client, of_ranking(cohort, stream, first)) <= MOST
