"""What reviewing and selecting put on people's homes, in letters and in reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from applications.services import withdraw_application
from mats_portal.cohorts.models import Cohort, Milestone, Stream
from mats_portal.cohorts.services import create_cohort
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import write_letter
from mats_portal.people.models import Person
from mats_portal.people.states import Role
from mats_portal.rubrics.models import Rubric
from mentors import dashboard, reminders
from mentors.letters import has_reviews_left, is_ranking_missing
from mentors.models import Offer
from mentors.privacy import personal_data
from mentors.reports import compile_selection
from mentors.services import finish_ranking, prepare_offers, rank_applications, run_matching
from mentors.states import OfferState
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_line(names: tuple[str, ...] = ("Ada", "Bo")) -> tuple[Cohort, Stream, Person]:
    """A cohort with one stream, its staff, and applicants; applications have closed."""
    cohort = make.make_cohort(days_later=-20)
    stream = make.make_stream(cohort, "Interp A", seats=1)
    for name in names:
        world.make_applicant(cohort, stream, name=name)
    return cohort, stream, world.make_staff(cohort)


def due_at(cohort: Cohort, kind: MilestoneKind) -> datetime:
    """When something is due in the cohort."""
    return Milestone.objects.get(cohort=cohort, kind=kind).at


def headings(person: Person) -> list[str]:
    """What the person's home says of reviewing and ranking."""
    return [section.heading for section in dashboard.sections(world.fresh(person), timezone.now())]


def test_a_reviewers_home_says_how_many_are_left(sign_in: SignIn) -> None:
    cohort, _, _ = make_line()
    gil = world.make_reviewer(cohort)
    for application in cohort.applications.all():
        world.make_assignment(application, gil)
    assert headings(gil) == ["2 applications left to review"]
    assert "2 applications left to review" in sign_in(gil).get("/").content.decode()
    for application in cohort.applications.all():
        world.make_assessment(application, gil)
    assert headings(gil) == []


def test_a_mentors_home_asks_for_the_ranking_until_it_is_in(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line()
    mira = world.make_mentor(stream)
    assert headings(mira) == ["Rank the 2 applicants of Interp A"]
    assert "Rank the 2 applicants" in sign_in(mira).get("/").content.decode()
    world.rank(stream, mira, cohort.applications.all()[0])
    assert headings(mira) == ["Interp A: the ranking is in"]


def test_others_have_nothing_of_it_on_their_home() -> None:
    cohort, _, rui = make_line()
    for person in (make.make_person("Nobody"), cohort.applications.all()[0].person, rui):
        assert headings(person) == []
    assert dashboard.cohort_menu(make.make_person("Nobody"), cohort) == []
    labels = [item.label for item in dashboard.cohort_menu(rui, cohort)]
    assert labels == ["Reviews", "Scores", "Matching", "Offers", "Releases"]


def test_staff_see_what_waits_only_while_it_can_still_be_done() -> None:
    cohort, stream, rui = make_line()
    world.make_assignment(cohort.applications.all()[0], world.make_reviewer(cohort))
    now = timezone.now()
    counts = {queue.label: queue.count for queue in dashboard.cohort_queues(rui, cohort, now)}
    assert counts == {
        "Offers waiting for an answer": 0,
        "Applications without a reviewer": 1,
        "Reviews to come": 1,
        "Rankings to come": 1,
    }
    world.rank(stream, rui, cohort.applications.all()[0])
    world.release_round(cohort, rui)
    counts = {queue.label: queue.count for queue in dashboard.cohort_queues(rui, cohort, now)}
    assert (counts["Offers waiting for an answer"], counts["Rankings to come"]) == (1, 0)
    assert dashboard.cohort_queues(rui, cohort, now + timedelta(days=60)) == []
    assert dashboard.cohort_queues(world.make_mentor(stream), cohort, now) == []


def test_only_reviewers_with_something_left_are_reminded() -> None:
    cohort, _, _ = make_line()
    gil, tom = world.make_reviewer(cohort, "Gil"), world.make_reviewer(cohort, "Tom")
    for application in cohort.applications.all():
        world.make_assignment(application, gil)
        world.make_assessment(application, tom)
    due = due_at(cohort, MilestoneKind.REVIEWS_DUE)
    assert list(reminders.reviews_due(due - timedelta(days=5))) == []
    (first,) = reminders.reviews_due(due - timedelta(days=3))
    assert first.person == gil
    assert (first.facts["left"], first.facts["total"]) == (2, 2)
    (second,) = reminders.reviews_due(due - timedelta(hours=3))
    assert second.key != first.key
    assert list(reminders.reviews_due(due)) == []
    letter = written(reminders.REVIEWS.letter, first)
    assert "2 of the 2 applications" in letter.text
    assert has_reviews_left(letter)
    for application in cohort.applications.all():
        world.make_assessment(application, gil)
    assert not has_reviews_left(letter)
    assert list(reminders.reviews_due(due - timedelta(days=3))) == []


def written(kind: Any, due: Any) -> Letter:
    """The letter of a reminder, not saved."""
    return write_letter(kind=kind, key=due.key, to=due.person, facts=due.facts, cohort=due.cohort, about=due.about)


def test_only_mentors_whose_ranking_is_missing_are_reminded() -> None:
    cohort, stream, _ = make_line()
    other = make.make_stream(cohort, "Nobody chose it")
    mira = world.make_mentor(stream)
    world.make_mentor(other, "Noor")
    due = due_at(cohort, MilestoneKind.RANKINGS_DUE) - timedelta(days=2)
    rank_applications(
        stream=stream, ordered=[cohort.applications.all()[0].code], would_take=1, expected_revision=0, by=mira
    )
    (reminder,) = reminders.rankings_due(due)
    assert reminder.person == mira
    letter = written(reminders.RANKINGS.letter, reminder)
    assert "2 applicants chose your stream Interp A" in letter.text
    assert is_ranking_missing(letter)
    finish_ranking(stream=stream, by=mira)
    assert not is_ranking_missing(letter)
    assert list(reminders.rankings_due(due)) == []


def test_the_selection_report_counts_people_once_a_step() -> None:
    cohort, stream, rui = make_line(("Ada", "Bo", "Cy", "Di"))
    assert compile_selection(cohort).answer.startswith("No offer has been released yet; 4 people applied.")
    ada, bo, cy, _ = cohort.applications.order_by("pk")
    world.make_assessment(ada, world.make_reviewer(cohort))
    world.make_assessment(ada, world.make_reviewer(cohort))
    world.make_assessment(bo, world.make_reviewer(cohort))
    world.rank(stream, rui, ada, bo, cy)
    world.release_round(cohort, rui)
    Offer.objects.update(state=OfferState.ACCEPTED, answered_at=timezone.now())
    compiled = compile_selection(cohort)
    funnel = compiled.figures[0]
    assert [(line.label, line.count) for line in funnel.lines] == [  # type: ignore[union-attr]
        ("Submitted", 4),
        ("Reviewed", 2),
        ("Wanted", 3),
        ("Offered", 1),
        ("Accepted", 1),
    ]
    assert "1 of 4 applicants were offered a seat and 1 accepted: 25.0%" in compiled.answer
    (row,) = compiled.tables[0].rows
    assert row[:6] == ("Interp A", 1, 4, 3, 1, 1)


def test_the_report_speaks_of_reliability_only_when_reviews_overlap() -> None:
    cohort, _, _ = make_line(("Ada", "Bo", "Cy"))
    titles = [figure.title for figure in compile_selection(cohort).figures]
    assert "Reliability of one review" not in titles
    reviewers = [world.make_reviewer(cohort, name) for name in ("Gil", "Tom")]
    for number, application in enumerate(cohort.applications.order_by("pk"), 2):
        for reviewer in reviewers:
            world.make_assessment(application, reviewer, technical_ability=number)
    assert "Reliability of one review" in [figure.title for figure in compile_selection(cohort).figures]


def test_own_data_holds_no_secret_of_selection() -> None:
    cohort, stream, rui = make_line(("Ada",))
    ada = cohort.applications.get()
    gil = world.make_reviewer(cohort)
    world.make_assessment(ada, gil)
    world.rank(stream, rui, ada)
    made = run_matching(cohort=cohort, by=rui)
    prepare_offers(made=made, by=rui)
    assert not any(personal_data(ada.person).values())
    assert personal_data(gil)["reviews"][0]["comment"] == "Careful work."
    withdraw_application(application=ada, by=ada.person)


def test_a_new_cohort_starts_with_the_rubric() -> None:
    root = make.make_person("Root")
    make.make_global_role(root, Role.ADMIN)
    cohort = create_cohort(name="Summer 2027", slug="summer-2027", by=root)
    assert Rubric.objects.get(cohort=cohort).versions.get().criteria.count() == 4
