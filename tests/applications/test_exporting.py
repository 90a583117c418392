"""The table as CSV: the columns that were chosen, every cell inert, one statement however many there are."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.services import save_section, submit_application
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, QuestionKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
QUESTIONS = [
    QuestionSpec("line", QuestionKind.SHORT, '=SUM(A1) "why"?'),
    QuestionSpec("many", QuestionKind.SEVERAL, "Which?", options=("One", "Two", "-Three"), audience=Audience.STAFF),
    QuestionSpec("grid", QuestionKind.MATRIX, "Grid", options=("a", "b"), rows=("x", "y")),
]


@pytest.fixture
def cohort() -> Cohort:
    """Asks what a spreadsheet would take for a formula."""
    made = make.make_cohort()
    make.make_questions(made, questions=QUESTIONS)
    return made


@pytest.fixture
def rui(cohort: Cohort, sign_in: SignIn) -> Client:
    """Rui's browser."""
    return sign_in(make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person)


def rows(client: Client, cohort: Cohort, **address: Any) -> list[list[str]]:
    answer = client.get(reverse("applications:export", args=[cohort.slug]), address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def ada(cohort: Cohort, line: str = "=1+1", many: tuple[str, ...] = ("Two", "-Three")) -> Application:
    application = make.make_application(cohort, make.make_person("=Ada"), submitted=False)
    values: dict[str, Any] = {"line": line, "many": list(many)}
    save_section(application=application, values=values, expected_revision=9999, by=application.person)
    submit_application(application=application, by=application.person)
    return application


def test_columns_are_those_of_the_address_in_its_order(cohort: Cohort, rui: Client) -> None:
    application = ada(cohort)
    draft = make.make_application(cohort, make.make_person("Ben"), submitted=False)
    chosen = ["answer.many", "status", "answer.grid", "answer.line", "answer.none", "nonsense", "status"]
    found = rows(rui, cohort, columns=chosen)
    assert found == [
        ["Application", "Name", "E-mail", "Which?", "Status", '\'=SUM(A1) "why"?'],
        [application.code, "'=Ada", f"'{application.person.email}", "Two; -Three", "Submitted", "'=1+1"],
        [draft.code, "Ben", draft.person.email, "", "Draft", ""],
    ]
    entry = Entry.objects.filter(verb="export applications").latest("pk")
    assert entry.facts == {
        "rows": 2,
        "columns": ["application", "name", "email", "answer.many", "status", "answer.line"],
    }


def test_every_column_of_the_table_can_be_exported(cohort: Cohort, rui: Client) -> None:
    ada(cohort)
    from_page = rui.get(reverse("applications:columns", args=[cohort.slug])).context
    for name, _ in [*from_page["own"], *from_page["answers"]]:
        assert len(rows(rui, cohort, columns=[name])[0]) == 4, name


def test_without_a_choice_all_that_is_counted_by_is_there_and_filters_hold(cohort: Cohort, rui: Client) -> None:
    ada(cohort)
    make.make_application(cohort, make.make_person("Ben"), submitted=False)
    found = rows(rui, cohort, state="draft")
    assert (len(found[0]), [row[1] for row in found[1:]]) == (15, ["Ben"])
    assert len(rows(rui, cohort, columns=["nonsense"])[0]) == 15


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "＝1", "'quoted", 'a"b,c'])
def test_no_answer_begins_a_formula(cohort: Cohort, rui: Client, text: str) -> None:
    ada(cohort, line=text)
    [cell] = [row[3] for row in rows(rui, cohort, columns=["answer.line"])[1:]]
    assert cell == (text if text.startswith("a") else f"'{text}")


def test_withdrawn_application_exports_no_answer(cohort: Cohort, rui: Client) -> None:
    application = ada(cohort)
    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    assert rows(rui, cohort, columns=["answer.line"])[1][3] == ""


def test_statements_do_not_grow_with_rows_or_columns(cohort: Cohort, rui: Client) -> None:
    def statements(**address: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            rows(rui, cohort, **address)
        return len(captured)

    ada(cohort)
    statements()
    plain = statements()
    chosen = statements(columns=["answer.line", "answer.many", "hours"])
    for number in range(3):
        make.make_application(cohort, make.make_person(f"Bo {number}"))
    assert statements() == plain
    assert statements(columns=["answer.line", "answer.many", "hours"]) == chosen == plain + 1
