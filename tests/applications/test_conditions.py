"""What an applicant is asked depends on earlier answers, and what several streams ask is asked once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.selectors import draft_of
from applications.services import choose_streams, save_stream_answers, submit_application
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
Kind = QuestionKind
VISA = QuestionSpec("visa", Kind.SINGLE, "Do you need a visa?", section="About you", options=("Yes", "No"))
WHICH = QuestionSpec(
    "which", Kind.SHORT, "Which visa?", section="About you", shown_if="visa", shown_if_options=("Yes",)
)
LATER = QuestionSpec("later", Kind.SHORT, "From when?", section="Visa", shown_if="visa", shown_if_options=("Yes",))
SUMMARY = QuestionSpec("q1", Kind.LONG, "Summarise the paper.", is_shared=True)
OWN = QuestionSpec("q2", Kind.LONG, "Why us?")


@pytest.fixture
def draft() -> Application:
    cohort = make.make_cohort()
    make.make_questions(cohort, questions=[VISA, WHICH, LATER])
    for name in ("Interp A", "Interp B"):
        make.make_questions(cohort, make.make_stream(cohort, name), [SUMMARY, OWN])
    return make.make_application(cohort, streams=list(cohort.streams.order_by("name")), submitted=False)


def test_page_of_which_nothing_is_asked_is_left_out_and_its_answers_are_not_submitted(
    draft: Application, sign_in: SignIn
) -> None:
    cohort = draft.cohort
    ada = sign_in(draft.person)
    about = reverse("applications:section", args=[cohort.slug, "about-you"])
    visa = reverse("applications:section", args=[cohort.slug, "visa"])
    assert ada.get(visa).status_code == 200
    assert 'data-shown-if="q_visa" data-shown-after="[&quot;Yes&quot;]"' in ada.get(about).text
    ada.post(about, {"revision": "100", "q_visa": "No", "q_which": "J1, written before"})
    assert ada.get(visa).status_code == 404
    assert [part.part.title for part in draft_of(draft).general] == ["About you"]
    assert ada.post(reverse("applications:review", args=[cohort.slug])).status_code == 302
    asked = [answer["key"] for part in draft.submissions.get().content["parts"] for answer in part["answers"]]
    assert asked == ["visa", "q1", "q2", "q1", "q2"]
    ada.post(about, {"revision": "100", "q_visa": "Yes", "q_which": "J1, written before"})
    assert "J1, written before" in ada.get(reverse("applications:review", args=[cohort.slug])).text


def test_required_question_that_comes_back_keeps_the_draft_from_being_submitted(draft: Application) -> None:
    assert draft_of(draft).is_ready
    sheet = draft.sheet
    sheet.answers.filter(question__key="which").delete()
    sheet.answers.filter(question__key="visa").update(choices=["No"])
    assert draft_of(draft).is_ready
    sheet.answers.filter(question__key="visa").update(choices=["Yes"])
    assert draft_of(draft).open_count == 1


def test_shared_question_is_asked_under_the_first_stream_and_shown_under_each(
    draft: Application, sign_in: SignIn
) -> None:
    first, second = draft.choices.select_related("application", "sheet", "stream")
    save_stream_answers(choice=first, values={"q1": "One summary"}, expected_revision=100, by=draft.person)
    parts = draft_of(draft).streams
    assert [[question.key for question in part.part.questions] for part in parts] == [["q1", "q2"], ["q2"]]
    page = sign_in(draft.person).get(
        reverse("applications:stream_questions", args=[draft.cohort.slug, second.stream.code])
    )
    assert "One summary" in page.text
    assert "change it under Interp A" in page.text
    assert 'name="q_q1"' not in page.text
    content = submit_application(application=draft, by=draft.person).content
    said = [(part["stream"], part["answers"][0]["text"]) for part in content["parts"] if part["stream"]]
    assert said == [(first.stream.code, "One summary"), (second.stream.code, "One summary")]


def test_shared_question_without_an_answer_is_one_problem_and_follows_the_order(draft: Application) -> None:
    first, second = draft.choices.select_related("application", "sheet", "stream")
    save_stream_answers(choice=first, values={"q1": ""}, expected_revision=100, by=draft.person)
    assert draft_of(draft).open_count == 1
    choose_streams(application=draft, codes=[second.stream.code, first.stream.code], by=draft.person)
    parts = draft_of(draft).streams
    assert [question.key for question in parts[0].part.questions] == ["q1", "q2"]
    assert parts[0].part.slug == second.stream.code


def test_stream_chosen_later_takes_the_answer_that_is_there(draft: Application) -> None:
    first, second = draft.choices.select_related("application", "sheet", "stream")
    choose_streams(application=draft, codes=[first.stream.code], by=draft.person)
    third = make.make_stream(draft.cohort, "Interp C")
    make.make_questions(draft.cohort, third, [SUMMARY])
    save_stream_answers(choice=first, values={"q1": "Changed"}, expected_revision=100, by=draft.person)
    codes = [first.stream.code, second.stream.code, third.code]
    choose_streams(application=draft, codes=codes, by=draft.person)
    assert draft_of(draft).open_count == 0
    sheets = [choice.sheet for choice in draft.choices.all() if choice.sheet]
    assert {sheet.answers.get(question__key="q1").text for sheet in sheets} == {"Changed"}


def test_saving_asks_the_database_as_often_for_three_streams_as_for_two(draft: Application) -> None:
    def cost(text: str) -> int:
        choice = draft.choices.select_related("application", "sheet", "stream").first()
        assert choice
        with CaptureQueriesContext(connection) as found:
            save_stream_answers(choice=choice, values={"q2": text}, expected_revision=100, by=draft.person)
        return len(found)

    two = cost("a")
    third = make.make_stream(draft.cohort, "Interp C")
    make.make_questions(draft.cohort, third, [OWN])
    codes = [choice.stream.code for choice in draft.choices.select_related("stream")]
    choose_streams(application=draft, codes=[*codes, third.code], by=draft.person)
    assert cost("b") <= two + 1
