"""The scores of a round: advice beside the record, for staff, and nothing of what they have still to score."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.rubrics.states import Dimension
from mentors.selectors.round_scores import RoundScores, round_scores
from mentors.services import assign_reviewer, waive_scoring
from mentors.states import ScoreOrder, WaiverReason
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db
POINTS = ((5, 4, 5), (4, 4, 4), (2, 3, 2), (1, 2, 5), (3, 3, 3), (4, 5, 4))


def make_round(points: tuple[tuple[int, ...], ...] = POINTS) -> tuple[Cohort, Person, list[Person]]:
    """Applicants scored by the same three reviewers, and staff."""
    cohort = make.make_cohort(seats=2)
    stream, rui = make.make_stream(cohort), world.make_staff(cohort)
    reviewers = [world.make_reviewer(cohort, f"R{number}") for number in range(len(points[0]))]
    for number, row in enumerate(points):
        application = world.make_applicant(cohort, stream, name=f"Applicant {number}")
        for reviewer, point in zip(reviewers, row, strict=True):
            world.make_assessment(
                application, reviewer, technical_ability=point, hard_question=point, research_judgement=point
            )
    return cohort, rui, reviewers


def read(person: Person, cohort: Cohort, order: ScoreOrder = ScoreOrder.ESTIMATE) -> RoundScores:
    """The ability scores as that person may see them."""
    return round_scores(person, cohort, Dimension.ABILITY, first=2, order=order)


def test_the_raw_mean_stands_beside_the_calibrated_one() -> None:
    cohort, rui, _ = make_round()
    found = read(rui, cohort)
    assert found.reviews == 18
    assert found.usual == 3
    first = found.rows[0]
    assert first.raw == pytest.approx(14 / 3, abs=0.01)
    assert first.low < first.mean < first.high
    assert first.mean < first.raw  # Drawn towards the middle.
    assert 1 <= first.best_rank <= first.worst_rank <= 6
    assert sum(row.chance for row in found.rows) == pytest.approx(2, abs=0.01)
    assert found.alpha is not None
    assert 0 < found.reliability < found.reliability_of_usual < 1


def test_the_widest_disagreement_comes_first_on_demand() -> None:
    cohort, rui, _ = make_round()
    assert read(rui, cohort, ScoreOrder.SPREAD).rows[0].spread == 4
    cut = [abs(row.chance - 0.5) for row in read(rui, cohort, ScoreOrder.CUT).rows]
    assert cut == sorted(cut)
    raw = [row.raw for row in read(rui, cohort, ScoreOrder.RAW).rows]
    assert raw == sorted(raw, reverse=True)


def test_a_lenient_reviewer_is_named() -> None:
    cohort, rui, reviewers = make_round(tuple((point, point, point + 2) for point in (1, 2, 3, 2, 1, 3)))
    scorer = read(rui, cohort).scorers[0]
    assert scorer.person == reviewers[2]
    assert scorer.leniency.shift > 0.8
    assert scorer.low > 0
    assert scorer.drift is None


def test_staff_who_owe_a_review_read_nothing_of_that_application(sign_in: SignIn) -> None:
    cohort, rui, _ = make_round()
    make.make_membership(rui, cohort, CohortRole.REVIEWER)
    rui = world.fresh(rui)
    hidden = cohort.applications.order_by("pk")[0]
    assign_reviewer(application=hidden, reviewer=rui, by=rui)
    assert hidden.pk not in {row.application_id for row in read(rui, cohort).rows}
    client = sign_in(rui)
    page = client.get(reverse("mentors:scores", args=[cohort.slug])).content.decode()
    assert "1 application that you have still to score is in none" in page
    assert hidden.code not in page
    assert hidden.code not in exported(client, cohort)[1]


def exported(client: Client, cohort: Cohort) -> tuple[list[list[str]], str]:
    """The exported reviews, as rows and as text."""
    answer = client.get(reverse("mentors:review_export", args=[cohort.slug]))
    body = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body, newline=""))), body


def test_reviews_are_exported_and_begin_no_formula(sign_in: SignIn) -> None:
    cohort, rui, reviewers = make_round(POINTS[:2])
    reviewers[0].name = "=cmd|' /C calc'!A0"
    reviewers[0].save()
    client = sign_in(rui)
    with CaptureQueriesContext(connection) as queries:
        rows, _ = exported(client, cohort)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 5
    assert len(rows) == 1 + 6
    assert {row[2][:2] for row in rows[1:]} == {"'=", "R1", "R2"}
    assert rows[1][6] == "Careful work."


def test_the_page_shows_what_it_says_with_0_and_with_6_rows(sign_in: SignIn) -> None:
    empty = make.make_cohort()
    page = sign_in(world.make_staff(empty)).get(reverse("mentors:scores", args=[empty.slug])).content.decode()
    assert "No scores yet" in page
    cohort, rui, _ = make_round()
    stream = cohort.streams.get()
    mira = world.make_mentor(stream)
    waive_scoring(applications=list(cohort.applications.all()[:4]), reason=WaiverReason.NO_TIME, by=mira)
    client, url = sign_in(rui), reverse("mentors:scores", args=[cohort.slug])
    page = client.get(url).content.decode()
    assert "Krippendorff" in page
    assert "No time to read it with care" in page
    for wrong in ("?first=0", "?order=x&dimension=y", "?page=900", "?first=999999999999"):
        assert client.get(url + wrong).status_code == 200
    assert "Motivation" in client.get(url + "?dimension=motivation&order=spread&first=3").content.decode()


def test_the_page_asks_the_same_number_of_questions_for_3_rows_and_for_20(sign_in: SignIn) -> None:
    cohort, rui, _ = make_round(POINTS[:3])
    client, url = sign_in(rui), reverse("mentors:scores", args=[cohort.slug])
    counts = []
    for more in (0, 17):
        for number in range(more):
            application = world.make_applicant(cohort, cohort.streams.get(), name=f"More {number}")
            world.make_assessment(application, world.make_reviewer(cohort, f"S{number}"))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
