"""Questions that are asked only after certain answers, and questions that several streams ask once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from mats_portal.questionnaires.answering import sheet_form
from mats_portal.questionnaires.conditions import fault_in, hidden_keys, on_page
from mats_portal.questionnaires.errors import UnfitQuestions
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import answers_of, missing_required, problems_of, questions_of
from mats_portal.questionnaires.services import save_answers, share_answers
from mats_portal.questionnaires.sharing import asked_once, identity
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make

Kind = QuestionKind
VISA = QuestionSpec("visa", Kind.SINGLE, "Do you need a visa?", options=("Yes", "No"))
WHICH = QuestionSpec("which", Kind.SEVERAL, "Which?", options=("B1", "J1"), shown_if="visa", shown_if_options=("Yes",))
SPONSOR = QuestionSpec("sponsor", Kind.SHORT, "Who sponsors it?", shown_if="which", shown_if_options=("J1",))
AGREE = QuestionSpec("agree", Kind.CONSENT, "I agree")
WHEN = QuestionSpec("when", Kind.DATE, "Since when?", shown_if="agree", shown_if_options=("yes",))
CHAIN = (VISA, WHICH, SPONSOR)


@dataclass
class Said:
    text: str = ""
    choices: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [
        ({}, {"which", "sponsor"}),
        ({"visa": Said(choices=["No"])}, {"which", "sponsor"}),
        ({"visa": Said(choices=["Yes"])}, {"sponsor"}),
        ({"visa": Said(choices=["Yes"]), "which": Said(choices=["B1", "J1"])}, set()),
        ({"visa": Said(choices=["No"]), "which": Said(choices=["J1"])}, {"which", "sponsor"}),
    ],
)
def test_what_depends_on_a_hidden_question_is_hidden(answers: dict[str, Said], hidden: set[str]) -> None:
    assert hidden_keys(CHAIN, answers) == hidden


def test_consent_decides_by_being_given() -> None:
    assert hidden_keys((AGREE, WHEN), {"agree": Said("yes")}) == set()
    assert hidden_keys((AGREE, WHEN), {"agree": Said("")}) == {"when"}


def test_page_draws_what_its_own_answers_may_still_show() -> None:
    hidden = frozenset({"which", "sponsor"})
    assert on_page(CHAIN, hidden) == list(CHAIN)
    assert on_page(CHAIN[1:], hidden) == []


@pytest.mark.parametrize(
    "questions",
    [
        (WHICH, VISA),
        (WHICH,),
        (replace(VISA, shown_if="visa", shown_if_options=("Yes",)),),
        (VISA, replace(WHICH, shown_if_options=("Perhaps",))),
        (VISA, replace(WHICH, shown_if_options=())),
        (QuestionSpec("n", Kind.NUMBER, "N?"), replace(WHICH, shown_if="n", shown_if_options=("1",))),
        (AGREE, replace(WHEN, shown_if_options=("no",))),
    ],
)
def test_condition_that_cannot_be_judged_is_a_fault(questions: tuple[QuestionSpec, ...]) -> None:
    assert "Choose the answers again" in fault_in(questions) or "above it" in fault_in(questions)


def test_sound_conditions_have_no_fault() -> None:
    assert fault_in((*CHAIN, AGREE, WHEN)) == ""


@pytest.mark.django_db
def test_version_with_a_faulty_condition_is_not_made() -> None:
    with pytest.raises(UnfitQuestions, match="does not stand before it"):
        make.make_questions(make.make_cohort(), questions=[WHICH, VISA])


def make_sheet(*questions: QuestionSpec) -> AnswerSheet:
    version = make.make_questions(make.make_cohort(), questions=questions)
    return AnswerSheet.objects.create(version=version, person=make.make_person())


def save(sheet: AnswerSheet, **values: str | list[str]) -> AnswerSheet:
    return save_answers(sheet=sheet, values=values, expected_revision=10_000, by=sheet.person)


@pytest.mark.django_db
def test_hidden_question_is_not_missing_and_its_text_is_kept() -> None:
    sheet = save(make_sheet(*CHAIN), visa="No", sponsor="Written before I said no")
    assert problems_of(sheet) == []
    assert missing_required(sheet) == []
    assert answers_of(sheet)["sponsor"].text == "Written before I said no"
    save(sheet, visa="Yes")
    assert [problem.question.key for problem in problems_of(sheet)] == ["which"]
    save(sheet, which=["J1"])
    assert problems_of(sheet) == []


@pytest.mark.django_db
def test_page_says_when_a_question_is_asked() -> None:
    sheet = make_sheet(*CHAIN, AGREE, WHEN)
    form = sheet_form(sheet.version, sheet)
    conditions: dict[str, Any] = {name: getattr(one, "condition", None) for name, one in form.fields.items()}
    assert conditions["q_visa"] is None
    assert conditions["q_which"].sentence == "Only if you answered “Yes” to “Do you need a visa?”."
    assert (conditions["q_which"].field, conditions["q_which"].values) == ("q_visa", '["Yes"]')
    assert conditions["q_when"].sentence == "Only if you ticked “I agree”."


PROBLEM = QuestionSpec("q1", Kind.LONG, "Summarise the paper.", is_shared=True)
OWN = QuestionSpec("q2", Kind.LONG, "Why us?")


def test_shared_questions_are_the_same_by_their_words_and_their_mark() -> None:
    assert identity(PROBLEM) == identity(replace(PROBLEM, key="q7", section="Elsewhere", help="Other help"))
    assert identity(PROBLEM) != identity(replace(PROBLEM, wording="Summarise the book."))
    assert identity(replace(PROBLEM, is_shared=False)) is None
    first, second, third = asked_once([[OWN, PROBLEM], [PROBLEM], [OWN, replace(PROBLEM, is_shared=False)]])
    assert (first.asked, first.elsewhere) == ([OWN, PROBLEM], [])
    assert (second.asked, second.elsewhere) == ([], [(PROBLEM, 0)])
    assert len(third.asked) == 2


@pytest.mark.django_db
def test_shared_answer_reaches_the_other_sheets_and_nothing_else_of_them_changes() -> None:
    cohort, ada = make.make_cohort(), make.make_person()
    sheets = [
        AnswerSheet.objects.create(
            version=make.make_questions(cohort, make.make_stream(cohort, name), questions), person=ada
        )
        for name, questions in (("A", [PROBLEM, OWN]), ("B", [OWN, replace(PROBLEM, key="q9")]), ("C", [OWN]))
    ]
    first, second, third = sheets
    save(second, q2="Only for B")
    save(first, q1="My summary", q2="Only for A")
    share_answers(source=first, targets=sheets)
    assert {key: answer.text for key, answer in answers_of(second).items()} == {"q2": "Only for B", "q9": "My summary"}
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.revision, third.revision) == (2, 0)
    share_answers(source=first, targets=sheets)
    second.refresh_from_db()
    assert second.revision == 2, "what is the same already is left alone"
    save(first, q1="")
    share_answers(source=first, targets=sheets)
    assert answers_of(second)["q9"].text == ""
    assert [question.key for question in questions_of(second.version)] == ["q2", "q9"]
