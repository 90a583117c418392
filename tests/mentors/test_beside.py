"""Two applications beside each other: the same question in one row, for whoever may read both."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from mentors.selectors.beside import pair_of, parts_of
from mentors.services import declare_conflict
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

MOST = 12


def answer(key: str, text: str) -> dict[str, object]:
    return {"key": key, "kind": "long", "wording": f"{key}?", "text": text, "choices": []}


def address(application: Application, other: Application | None = None) -> str:
    url = reverse("mentors:compare", args=[application.cohort.slug, application.code])
    return f"{url}?other={other.code}" if other else url


def test_the_same_question_stands_in_one_row_and_what_only_one_was_asked_stands_alone() -> None:
    left = [{"stream": "", "title": "You", "answers": [answer("why", "A"), answer("how", "B")]}]
    right = [
        {"stream": "", "title": "You", "answers": [answer("when", "C"), answer("why", "D")]},
        {"stream": "x", "title": "You", "answers": [answer("why", "E")]},
    ]
    found = [
        (
            part.title,
            [(row.wording, row.left and row.left["text"], row.right and row.right["text"]) for row in part.rows],
        )
        for part in parts_of(left, right)
    ]
    assert found == [
        ("You", [("why?", "A", "D"), ("how?", "B", None), ("when?", None, "C")]),
        ("You", [("why?", None, "E")]),
    ]


@pytest.mark.django_db
def test_own_scores_stand_beside_each_other_and_others_only_where_own_are_in() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))
    mira, tom = world.make_mentor(stream), world.make_reviewer(cohort, "Tom")
    for application in (ada, bo):
        world.make_assessment(application, tom, technical_ability=1)
    world.make_assessment(ada, mira, technical_ability=5)
    pair = pair_of(mira, cohort, ada.code, bo.code)
    assert (pair.points[0].left, pair.points[0].right) == (5, None)
    assert [means and means.count for means in pair.means] == [2, None]


@pytest.mark.django_db
def test_a_reader_compares_and_turns_to_the_next_by_link(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo, cy = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy"))
    client = sign_in(world.make_mentor(stream))
    desk = client.get(reverse("mentors:desk", args=[cohort.slug, ada.code])).text
    assert address(ada) in desk
    assert "Choose an applicant" in client.get(address(ada)).text
    page = client.get(address(ada, bo)).text
    assert page.count("The result that would move me") == 2
    assert f'href="?other={cy.code}" rel="next"' in " ".join(page.split())
    assert "Ada beside Bo" in page


@pytest.mark.django_db
def test_nobody_is_compared_with_whom_one_may_not_read(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream, elsewhere = make.make_stream(cohort), make.make_stream(cohort)
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))
    other = world.make_applicant(cohort, elsewhere, name="Cy")
    mira = world.make_mentor(stream)
    declare_conflict(application=bo, person=mira, kind=ConflictKind.FRIEND, by=mira)
    client = sign_in(mira)
    assert [client.get(address(ada, one)).status_code for one in (bo, other, ada)] == [404, 404, 404]
    assert client.get(address(other, ada)).status_code == 404
    assert "the only one so far" in client.get(address(ada)).text


@pytest.mark.django_db
def test_comparing_asks_twelve_statements_at_most_however_many_there_are(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))
    mira = world.make_mentor(stream)
    world.make_assessment(ada, mira)
    client, counts = sign_in(mira), []
    for number in range(2):
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(ada, bo)).status_code == 200
        counts.append(len(asked))
        for n in range(5):
            world.make_applicant(cohort, stream, name=f"More {number} {n}")
    assert counts[0] == counts[1] <= MOST
