from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mats_portal.journal.selectors import entries_about
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.errors import (
    AnswerTooLong,
    StaleAnswers,
    StaleQuestions,
    UnfitQuestions,
    UnknownChoice,
)
from mats_portal.questionnaires.forms import QuestionForm
from mats_portal.questionnaires.models import AnswerSheet, Question, Version
from mats_portal.questionnaires.selectors import (
    answers_of,
    current_version,
    missing_required,
    parts_of,
    problems_of,
    questions_of,
)
from mats_portal.questionnaires.services import make_version, open_questionnaire, save_answers
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind, Retention
from tests import make

pytestmark = pytest.mark.django_db
LONG, SINGLE, SEVERAL = QuestionKind.LONG, QuestionKind.SINGLE, QuestionKind.SEVERAL
WHY = QuestionSpec("why", LONG, "Why?", section="Why this work", max_words=5)
STEP = QuestionSpec("step", SINGLE, "Which step?", options=("First", "Second"), section="About you")
WAYS = QuestionSpec("ways", SEVERAL, "Which ways?", options=("Mail, by post", "Web"), is_required=False)


def make_sheet(*questions: QuestionSpec) -> AnswerSheet:
    cohort = make.make_cohort()
    version = make.make_questions(cohort, questions=questions or (WHY, STEP, WAYS))
    return AnswerSheet.objects.create(version=version, person=make.make_person())


def save(sheet: AnswerSheet, revision: int, **values: str | list[str]) -> AnswerSheet:
    return save_answers(sheet=sheet, values=values, expected_revision=revision, by=sheet.person)


def test_answers_are_kept_by_the_key_of_their_question() -> None:
    sheet = save(make_sheet(), 0, why="Because", step="Second", ways=["Web", "Mail, by post"])
    answers = answers_of(sheet)
    assert (answers["why"].text, answers["step"].choices) == ("Because", ["Second"])
    assert answers["ways"].choices == ["Mail, by post", "Web"], "in the order of the question"
    assert sheet.revision == 1
    assert sheet.saved_at is not None


def test_answer_changed_elsewhere_is_a_clash_with_both_texts_and_nothing_is_kept() -> None:
    sheet = make_sheet()
    save(sheet, 0, why="From the first window")
    with pytest.raises(StaleAnswers) as refusal, transaction.atomic():
        save(sheet, 0, why="From the second window", step="First")
    [clash] = refusal.value.clashes
    assert (clash.theirs_text, clash.mine) == ("From the first window", "From the second window")
    assert set(answers_of(sheet)) == {"why"}
    save(sheet, refusal.value.revision, why="From the second window")
    assert answers_of(sheet)["why"].text == "From the second window"


def test_two_pages_of_one_sheet_do_not_clash() -> None:
    sheet = make_sheet()
    save(sheet, 0, why="Because")
    save(sheet, 0, step="First")
    assert set(answers_of(sheet)) == {"why", "step"}


def test_saving_again_what_is_stored_changes_nothing() -> None:
    sheet = make_sheet()
    first = save(sheet, 0, why="Because")
    again = save(sheet, 0, why="Because")
    assert (again.revision, again.saved_at) == (first.revision, first.saved_at)


def test_text_over_the_word_limit_is_kept_and_said_before_submitting() -> None:
    sheet = save(make_sheet(), 0, why="one two three four five six", step="First")
    assert answers_of(sheet)["why"].text == "one two three four five six"
    [problem] = problems_of(sheet)
    assert problem.sentence == "6 words; at most 5 fit here."


def test_exactly_the_word_limit_with_any_line_ends_fits() -> None:
    sheet = save(make_sheet(), 0, why="one\r\n\r\ntwo\rthree\nfour\tfive", step="First")
    assert problems_of(sheet) == []
    assert answers_of(sheet)["why"].text == "one\n\ntwo\nthree\nfour\tfive"


def test_answer_that_cannot_be_kept_is_refused_with_its_length() -> None:
    sheet = make_sheet()
    with pytest.raises(AnswerTooLong, match="50,001 characters; at most 50,000"):
        save(sheet, 0, why="x" * 50_001)
    assert len(answers_of(save(sheet, 0, why="x" * 50_000))["why"].text) == 50_000


@pytest.mark.parametrize("values", [{"step": "Third"}, {"ways": ["Web", "Pigeon"]}, {"step": ["First", "Second"]}])
def test_choice_that_is_not_on_the_list_is_refused(values: dict[str, str | list[str]]) -> None:
    with pytest.raises(UnknownChoice):
        save(make_sheet(), 0, **values)


def test_poison_is_taken_out_of_text() -> None:
    sheet = save(make_sheet(), 0, why="a\x00b\ud800c\u202ed \x1b[31m", unknown="nothing")
    assert answers_of(sheet)["why"].text == "abc\u202ed [31m"


def test_answers_of_another_are_not_written() -> None:
    sheet = make_sheet()
    with pytest.raises(PermissionError):
        save_answers(sheet=sheet, values={"why": "x"}, expected_revision=0, by=make.make_person("Nobody"))


def test_required_questions_without_an_answer_are_missing() -> None:
    sheet = save(make_sheet(), 0, why="   ")
    assert [question.key for question in missing_required(sheet)] == ["why", "step"]


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        (QuestionKind.NUMBER, "12", True),
        (QuestionKind.NUMBER, "1e999", False),
        (QuestionKind.NUMBER, "NaN", False),
        (QuestionKind.NUMBER, "9" * 40, False),
        (QuestionKind.URL, "https://example.org/a?b=c", True),
        (QuestionKind.URL, "javascript:alert(1)", False),
        (QuestionKind.URL, "//evil", False),
        (QuestionKind.URL, "http://[", False),
    ],
)
def test_number_and_link_are_looked_at_before_submitting(kind: QuestionKind, text: str, fits: bool) -> None:
    sheet = save(make_sheet(QuestionSpec("one", kind, "One?")), 0, one=text)
    assert (problems_of(sheet) == []) is fits
    assert answers_of(sheet)["one"].text == text


def test_change_makes_the_next_version_and_old_answers_keep_their_wording() -> None:
    sheet = save(make_sheet(WHY), 0, why="Because")
    questionnaire = sheet.version.questionnaire
    newer = QuestionSpec("why", LONG, "Why, in your own words?")
    version = make_version(questionnaire=questionnaire, questions=[newer], by=None, after=1)
    assert (version.number, current_version(questionnaire)) == (2, version)
    assert answers_of(sheet)["why"].question.wording == "Why?"
    assert entries_about(questionnaire)[0].facts["version"] == 2


def test_same_questions_make_no_version() -> None:
    version = make_sheet(WHY).version
    assert make_version(questionnaire=version.questionnaire, questions=[WHY], by=None) == version
    assert Version.objects.count() == 1


def test_editor_who_saw_an_older_version_is_refused() -> None:
    questionnaire = make_sheet(WHY).version.questionnaire
    make_version(questionnaire=questionnaire, questions=[STEP], by=None)
    with pytest.raises(StaleQuestions):
        make_version(questionnaire=questionnaire, questions=[WHY, STEP], by=None, after=1)


@pytest.mark.parametrize(
    "questions",
    [(WHY, WHY), (QuestionSpec("one", SINGLE, "One?", options=("only",)),), (QuestionSpec("a", SEVERAL, "A?"),)],
)
def test_questions_that_cannot_be_asked_are_refused(questions: tuple[QuestionSpec, ...]) -> None:
    questionnaire = open_questionnaire(cohort=make.make_cohort(), purpose=Purpose.APPLICATION)
    with pytest.raises(UnfitQuestions):
        make_version(questionnaire=questionnaire, questions=questions, by=None)


def test_database_refuses_to_change_a_question_that_was_asked() -> None:
    sheet = make_sheet(WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(version=sheet.version).update(wording="Something else?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(version=sheet.version).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(version=sheet.version, position=2, key="late", kind=LONG, wording="Late?")


def test_questions_nobody_was_asked_can_be_taken_away() -> None:
    version = make.make_questions(make.make_cohort(), questions=[WHY])
    assert Question.objects.filter(version=version).delete()[0] == 1


def test_parts_keep_the_order_of_their_first_question_and_stay_clear_of_other_addresses() -> None:
    version = make.make_questions(
        make.make_cohort(), questions=[STEP, WHY, QuestionSpec("s", LONG, "S?", section="Streams"), WAYS]
    )
    parts = parts_of(questions_of(version))
    assert [part.slug for part in parts] == ["about-you", "why-this-work", "streams-questions", "questions"]


def test_saved_at_is_the_databases_time() -> None:
    sheet = save(make_sheet(), 0, why="x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        assert sheet.saved_at is not None
        assert abs(cursor.fetchone()[0] - sheet.saved_at) < timedelta(seconds=5)


def test_purpose_and_retention_stand_beside_the_question() -> None:
    asked = QuestionSpec(
        "health",
        LONG,
        "Anything we should know?",
        help="A line is enough.",
        is_sensitive=True,
        purpose="To plan the office.",
        retention=Retention.UNSUCCESSFUL,
    )
    version = make.make_questions(make.make_cohort(), questions=[asked, WHY])
    assert [QuestionSpec.of(question) for question in questions_of(version)] == [asked, WHY]
    form = AnswersForm(questions_of(version), {}, 0)
    told = str(form.fields["q_health"].help_text)
    assert "A line is enough.<p" in told
    assert "Why we ask: To plan the office. Your answer is deleted if you are not offered a place." in told
    assert form.fields["q_why"].help_text == ""


def test_sensitive_question_has_to_say_why_it_is_asked() -> None:
    data = {"after": "0", "wording": "Born?", "kind": "short", "audience": "staff", "is_sensitive": "on"}
    form = QuestionForm(data)
    assert list(form.errors) == ["purpose"]
    form = QuestionForm(data | {"purpose": "For the visa.", "retention": "unsuccessful"})
    assert form.is_valid()
    assert form.spec("born").retention is Retention.UNSUCCESSFUL
