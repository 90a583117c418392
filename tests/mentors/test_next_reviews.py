"""The next best reviews of a cohort: near the cut, without ties, blind where the reader owes, assigned and undone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from mentors.errors import PlanChanged
from mentors.models import Assignment, AssignmentBatch
from mentors.selectors.next_reviews import next_plan
from mentors.services import declare_conflict, undo_assignment_batch
from mentors.services.next_reviews import assign_next_reviews
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world
from tests.mentors.test_sizes import MOST, asked

pytestmark = pytest.mark.django_db
POINTS = [(5, 5), (4, 3), (3, 4), (3, 3), (1, 1), (2, 1)]


def scored() -> tuple[Cohort, list[Application], Person, Person]:
    """Six applicants, each scored by two reviewers, and a third who has read nothing."""
    cohort = make.make_cohort(seats=3)
    stream = make.make_stream(cohort)
    one, two = world.make_reviewer(cohort, "One"), world.make_reviewer(cohort, "Two")
    applications: list[Application] = []
    for first, second in POINTS:
        application = world.make_applicant(cohort, stream, name=f"Person {len(applications)}")
        for reader, point in ((one, first), (two, second)):
            world.make_assessment(
                application, reader, technical_ability=point, hard_question=point, research_judgement=point
            )
        applications.append(application)
    return cohort, applications, world.make_reviewer(cohort, "Bea"), world.make_staff(cohort)


def test_who_is_near_the_cut_is_read_by_who_has_not_read_them() -> None:
    cohort, applications, bea, rui = scored()
    rows = next_plan(cohort, rui, k=3, count=2).rows
    assert {row.application for row in rows} <= set(applications[1:4])
    assert {row.reviewer for row in rows} == {bea}
    assert all(0 < row.worth <= 1 for row in rows)


def test_ties_and_reviews_on_their_way_are_left_out() -> None:
    cohort, applications, bea, rui = scored()
    for application in applications[:3]:
        declare_conflict(application=application, person=bea, kind=ConflictKind.FRIEND, by=bea)
    world.make_assignment(applications[3], bea)
    assert {row.application for row in next_plan(cohort, rui, k=3, count=9).rows} <= set(applications[4:])


def test_staff_who_owe_a_review_learn_nothing_of_its_scores() -> None:
    cohort, applications, _, rui = scored()
    for application in applications:
        Assignment.objects.create(application=application, reviewer=rui, assigned_by=rui)
    assert next_plan(cohort, rui, k=3, count=9).rows == []


def test_staff_with_a_tie_do_not_find_the_applicant() -> None:
    cohort, _, _, rui = scored()
    first = next_plan(cohort, rui, k=3, count=9).rows[0].application
    declare_conflict(application=first, person=rui, kind=ConflictKind.FRIEND, by=rui)
    assert first not in {row.application for row in next_plan(cohort, rui, k=3, count=9).rows}


def test_what_was_shown_is_assigned_as_a_batch_and_undone() -> None:
    cohort, _, bea, rui = scored()
    plan = next_plan(cohort, rui, k=3, count=2)
    facts = {"cohort": cohort, "k": 3, "count": 2, "cap": None, "by": rui}
    with pytest.raises(PlanChanged):
        assign_next_reviews(digest="old", **facts)  # type: ignore[arg-type]
    assert assign_next_reviews(digest=plan.digest, **facts) == 2  # type: ignore[arg-type]
    assert Assignment.objects.standing().of(bea).count() == 2
    batch = AssignmentBatch.objects.get()
    assert batch.title == "2 next best reviews for the first 3"
    assert undo_assignment_batch(batch=batch, by=rui) == (2, 0)


def test_staff_look_and_assign_with_one_button(sign_in: SignIn) -> None:
    cohort, _, bea, rui = scored()
    client, url = sign_in(rui), reverse("mentors:next_reviews", args=[cohort.slug])
    page = client.get(url, {"k": "3", "count": "2"})
    assert "Bea" in page.content.decode()
    facts = {"k": "3", "count": "2", "cap": "", "digest": page.context["plan"].digest}
    assert "changed since this preview" in client.post(url, facts | {"digest": "old"}).content.decode()
    assert client.post(url, facts).status_code == 302
    assert Assignment.objects.standing().of(bea).count() == 2


def test_without_scores_the_page_says_so(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    world.make_applicant(cohort, make.make_stream(cohort))
    client = sign_in(world.make_staff(cohort))
    text = client.get(reverse("mentors:next_reviews", args=[cohort.slug])).content.decode()
    assert "No further review would tell more" in text


def test_the_page_asks_the_same_of_few_and_of_many(sign_in: SignIn) -> None:
    cohort, _, _, rui = scored()
    client, url = sign_in(rui), reverse("mentors:next_reviews", args=[cohort.slug])
    assert asked(client, f"{url}?k=3&count=1") == asked(client, f"{url}?k=3&count=5") <= MOST
