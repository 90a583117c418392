"""Nobody finds an application by an answer hidden from them: no page tells such a word from one that nobody wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.selectors.eligibility import gate_for
from applications.services import save_section, save_stream_answers, submit_application
from applications.services.eligibility import answer_eligibility
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, QuestionKind
from tests import make
from tests.hostile.pages import Visit
from tests.leaks.looks import alike
from tests.scenarios import ROLES, World
from tests.test_access_matrix import put_away

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.slow, pytest.mark.timeout(600)]

LONG = QuestionKind.LONG
QUESTIONS = [
    QuestionSpec("health", LONG, "What do you need?", is_sensitive=True, purpose="To help."),
    QuestionSpec("inner", LONG, "For us alone?", audience=Audience.STAFF),
]
# What each hidden answer says, and a word as long that nobody wrote.
HIDDEN = {"sensitive": "zqsensitive", "staff alone": "zqstaffonly", "another stream's": "zqotherland"}
NOBODYS = "zqnobodysay"
# Pages that know no cohort.
NOT_OF_THE_PROGRAMME = ("account_", "mfa_", "styleguide", "health:", "theme", "people:", "support:")


def seed(world: World) -> Application:
    """Dee's application to the mentor's stream and another: she says to each question what only some may read."""
    make.make_questions(world.cohort, questions=QUESTIONS)
    streams = [world.asking_stream, world.other_stream]
    person = make.make_person("Dee")
    if gate_for(person, world.cohort):
        answer_eligibility(cohort=world.cohort, values={"adult": "Yes"}, by=person)
    dee = make.make_application(world.cohort, person, streams, submitted=False)
    sensitive, alone, elsewhere = HIDDEN.values()
    ours: dict[str, Any] = {"by": dee.person, "expected_revision": 9999}
    save_section(application=dee, values={"health": sensitive, "inner": alone}, **ours)
    other = dee.choices.get(stream=world.other_stream)
    save_stream_answers(choice=other, values={"q1": elsewhere}, **ours)
    submit_application(application=dee, by=dee.person)
    return dee


def look(visit: Visit, row: Any, role: str, word: str) -> tuple[int, bytes]:
    """A page that was asked for a word, without the word."""
    with transaction.atomic(), transaction.atomic(using="support"):
        answer: Any = visit.clients[role].get(visit.addresses[id(row)], {"q": word})
        body = b"" if answer.streaming else alike(answer.content).replace(word.encode(), b"")
        put_away(answer)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="support")
    return answer.status_code, body


def test_no_page_of_a_mentor_or_a_reviewer_answers_to_a_hidden_word() -> None:
    visit = Visit()
    dee = seed(visit.world)
    table = reverse("applications:applications", args=[visit.world.cohort.slug])
    found_by_staff = [dee.code in visit.clients["staff"].get(table, {"q": word}).text for word in HIDDEN.values()]
    assert found_by_staff == [True, True, True], "the words are there to be found"
    looked, told = 0, []
    for row in visit.rows:
        if "support" in row.site or row.name.startswith(NOT_OF_THE_PROGRAMME):
            continue
        for role in ("mentor", "reviewer"):
            if row.answers[ROLES.index(role)] != "200":
                continue
            looked += 1
            plain = look(visit, row, role, NOBODYS)
            with CaptureQueriesContext(connection) as captured:
                found = {name: look(visit, row, role, word) for name, word in HIDDEN.items()}
            told += [f"{role} {row}: {name}" for name, answer in found.items() if answer != plain]
            told += [f"{role} {row} searches words" for query in captured if "@@" in query["sql"]]
    assert told == []
    assert looked > 40, "has the crawl gone blind?"
