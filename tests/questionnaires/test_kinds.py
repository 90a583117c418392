"""Every kind of question: kept as typed, judged before submitting, shown in words."""

from __future__ import annotations

import pytest

from mats_portal.questionnaires.answering import AnswersForm, sheet_form
from mats_portal.questionnaires.errors import StaleAnswers, UnfitQuestions, UnknownChoice
from mats_portal.questionnaires.forms import QuestionForm
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.reading import as_asked, in_words, lines_of
from mats_portal.questionnaires.selectors import answers_of, problems_of, questions_of
from mats_portal.questionnaires.services import make_version, open_questionnaire, save_answers
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind
from mats_portal.questionnaires.templatetags.answers import in_line, written
from mats_portal.web.markdown import markdown
from tests import make

pytestmark = pytest.mark.django_db
Kind = QuestionKind
SCALE = QuestionSpec(
    "skill", Kind.SCALE, "How well?", options=("1", "2", "3"), anchors=("never heard of it", "", "could teach it")
)
GRID = QuestionSpec("tools", Kind.MATRIX, "Which tools?", options=("No", "Some", "Well"), rows=("Python", "Proofs"))
ORDER = QuestionSpec("order", Kind.RANKED, "Best first?", options=("Theory", "Practice", "Policy"))
BORN = QuestionSpec("born", Kind.DATE, "From when?")
MAIL = QuestionSpec("mail", Kind.EMAIL, "Supervisor's address?")
NOTE = QuestionSpec("note", Kind.LONG, "Why?", max_words=4, max_characters=12, is_markdown=True)
ALL = (SCALE, GRID, ORDER, BORN, MAIL, NOTE)


def make_sheet(*questions: QuestionSpec) -> AnswerSheet:
    version = make.make_questions(make.make_cohort(), questions=questions or ALL)
    return AnswerSheet.objects.create(version=version, person=make.make_person())


def save(sheet: AnswerSheet, **values: str | list[str]) -> AnswerSheet:
    return save_answers(sheet=sheet, values=values, expected_revision=10_000, by=sheet.person)


def problems(sheet: AnswerSheet) -> dict[str, str]:
    return {problem.question.key: problem.sentence for problem in problems_of(sheet)}


def sent(sheet: AnswerSheet, **data: str) -> AnswersForm:
    form = sheet_form(sheet.version, sheet, data={"revision": "0", **data})
    assert form.is_valid(), form.errors
    return form


def test_specification_survives_the_database() -> None:
    assert [QuestionSpec.of(question) for question in questions_of(make_sheet().version)] == list(ALL)


def test_what_the_page_sends_is_kept_and_shown_again() -> None:
    sheet = make_sheet()
    data = {"q_skill": "3", "q_tools_0": "Well", "q_tools_1": "", "q_order_0": "2", "q_order_1": "9", "q_order_2": "1"}
    data |= {"q_born": "2026-05-07", "q_mail": "gil@example.org", "q_note": "*Why* not"}
    save(sheet, **sent(sheet, **data).values)
    answers = answers_of(sheet)
    assert answers["skill"].choices == ["3"]
    assert answers["tools"].choices == ["Well", ""]
    assert answers["order"].choices == ["Policy", "Theory", "Practice"]
    again = sheet_form(sheet.version, sheet)
    assert again.initial["q_order"] == ["Policy", "Theory", "Practice"]
    html = str(again)
    assert 'name="q_tools_0" value="Well" checked' in html
    assert html.index("Policy") < html.index("Theory") < html.index("Practice")
    assert 'name="q_order_2" value="1"' in html
    assert again.initial["q_born"] == "2026-05-07"


def test_untouched_page_answers_nothing() -> None:
    sheet = make_sheet()
    empty = {"q_skill": "", "q_tools_0": "", "q_order_0": "", "q_order_1": "", "q_order_2": "", "q_born": ""}
    save(sheet, **sent(sheet, **empty).values)
    assert answers_of(sheet) == {}
    assert set(problems(sheet)) == {spec.key for spec in ALL}


def test_everything_answered_can_be_submitted() -> None:
    sheet = make_sheet()
    answers = {question.key: make.an_answer(question) for question in questions_of(sheet.version)}
    save(sheet, **answers | {"note": "Because."})
    assert problems(sheet) == {}


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("tools", ["Well", ""], "“Proofs” has no answer yet."),
        ("order", ["Policy"], "2 of these have no place yet."),
        ("born", "2026-02-30", "Please give a day that exists, like 2026-05-07."),
        ("born", "20260507", "Please give a day that exists, like 2026-05-07."),
        ("born", "0099-05-07", "Please give a day that exists, like 2026-05-07."),
        ("born", "2026-05-07T10:00", "Please give a day that exists, like 2026-05-07."),
        ("mail", "gil@", "Please give an e-mail address, like ada@example.org."),
        ("mail", "a@b.org, c@d.org", "Please give an e-mail address, like ada@example.org."),
        ("note", "a b c d e", "5 words; at most 4 fit here."),
        ("note", "abcdefg hijklm", "14 characters; at most 12 fit here."),
    ],
)
def test_what_does_not_fit_is_kept_and_said(key: str, value: str | list[str], sentence: str) -> None:
    sheet = save(make_sheet(), **{key: value})
    kept = answers_of(sheet)[key]
    assert (kept.choices or kept.text) == value
    assert problems(sheet)[key] == sentence


def test_optional_grid_and_order_may_stay_unfinished() -> None:
    grid = QuestionSpec("g", Kind.MATRIX, "G?", options=("a", "b"), rows=("x", "y"), is_required=False)
    order = QuestionSpec("o", Kind.RANKED, "O?", options=("a", "b"), is_required=False)
    assert problems(save(make_sheet(grid, order), g=["", "b"], o=["b"])) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("skill", "4"), ("skill", ["1", "2"]), ("tools", ["Well", "Pigeon"]), ("order", ["Policy", "Pigeon"])],
)
def test_what_is_not_on_the_list_is_refused(key: str, value: str | list[str]) -> None:
    with pytest.raises(UnknownChoice):
        save(make_sheet(), **{key: value})


def test_hostile_places_and_rows_are_ignored() -> None:
    sheet = make_sheet()
    form = sent(sheet, q_order_0="-1", q_order_1="1e99", q_order_2="٣", q_tools_9="Well", q_order_99="1")
    assert form.values["order"] == []
    save(sheet, **form.values)
    save(sheet, tools=["Well"] * 50, order=["Policy", "Policy", ""])
    assert answers_of(sheet)["tools"].choices == ["Well", "Well"]
    assert answers_of(sheet)["order"].choices == ["Policy"]


def test_clash_tells_a_grid_in_words() -> None:
    sheet = save(make_sheet(), tools=["Well", ""])
    with pytest.raises(StaleAnswers) as refusal:
        save_answers(sheet=sheet, values={"tools": ["No", "No"]}, expected_revision=0, by=sheet.person)
    assert refusal.value.clashes[0].theirs_text == "Python: Well\nProofs: not answered"


def test_answers_are_told_in_words() -> None:
    sheet = save(make_sheet(), skill="3", tools=["Well", "No"], order=["Policy", "Theory"], note="*a*")
    answers = answers_of(sheet)
    asked = {question.key: as_asked(question, answers.get(question.key)) for question in questions_of(sheet.version)}
    assert in_line(asked["skill"]) == "3 (could teach it)"
    assert written(asked["tools"]) == "<ul><li>Python: Well</li><li>Proofs: No</li></ul>"
    assert lines_of(asked["order"]) == ["1. Policy", "2. Theory"]
    assert written(asked["note"]).strip() == "<p><em>a</em></p>"
    assert in_line(asked["born"]) == ""
    assert in_words(questions_of(sheet.version)[1], answers["tools"]) == "Python: Well\nProofs: No"


def test_text_without_markdown_is_only_paragraphs_and_a_link_is_a_link() -> None:
    plain = {"kind": "long", "text": "*a* <b>\n\nc", "choices": []}
    assert written(plain) == "<p>*a* &lt;b&gt;</p>\n\n<p>c</p>"
    assert 'href="https://example.org/?a=1&amp;b=2"' in in_line(
        {"kind": "url", "text": "https://example.org/?a=1&b=2", "choices": []}
    )
    assert "href" not in in_line({"kind": "url", "text": "javascript:alert(1)", "choices": []})


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](https://example.org/a.png)",
        '<img src=x onerror="a">',
        "<a href='javascript:x'>b</a>",
    ],
)
def test_markdown_is_inert(text: str) -> None:
    html = markdown(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "<a " not in html or "example.org" in html


def test_markdown_keeps_what_a_reader_needs() -> None:
    html = markdown("# Big\n\none\ntwo\n\n- *a*\n\n[x](https://example.org)\n\n" + "> " * 3_000)
    assert "<h3>Big</h3>" in html
    assert "one<br>" in html
    assert "<li><em>a</em></li>" in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "spec",
    [
        QuestionSpec("g", Kind.MATRIX, "G?", options=("a", "b")),
        QuestionSpec("s", Kind.SCALE, "S?", options=("1", "2"), anchors=("only one",)),
        QuestionSpec("r", Kind.RANKED, "R?", options=("a",)),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(spec: QuestionSpec) -> None:
    with pytest.raises(UnfitQuestions):
        make_sheet(spec)


def test_editor_writes_points_with_their_meaning() -> None:
    data = {"after": "0", "wording": "How well?", "audience": "staff", "options": "1 = never\n2\n3 = often"}
    form = QuestionForm(data | {"kind": "scale", "rows": "left over", "max_words": "9", "is_markdown": "on"})
    assert form.is_valid(), form.errors
    spec = form.spec("s")
    assert (spec.options, spec.anchors) == (("1", "2", "3"), ("never", "", "often"))
    assert (spec.rows, spec.max_words, spec.is_markdown) == ((), 0, False)
    assert QuestionForm.of(spec, 1).initial["options"] == "1 = never\n2\n3 = often"
    form = QuestionForm(data | {"kind": "matrix", "options": "a\nb"})
    assert list(form.errors) == ["rows"]


def test_anchors_between_the_ends_are_listed() -> None:
    middle = QuestionSpec("m", Kind.SCALE, "M?", options=("1", "2", "3"), anchors=("low", "middle", "high"))
    form = sheet_form((sheet := make_sheet(SCALE, middle)).version, sheet)
    assert "point-ends" in str(form["q_skill"])
    assert "point-anchors" in str(form["q_m"])


def test_a_question_that_takes_a_file_ignores_what_is_typed_for_it() -> None:
    sheet = make_sheet(QuestionSpec("work", Kind.FILE, "Your work", max_megabytes=2), NOTE)
    save(sheet, work="evil.pdf", note="ok")
    assert set(answers_of(sheet)) == {"note"}
    form = sent(sheet, q_work="evil.pdf")
    assert (form.takes_files, form.values, form.uploads) == (True, {"note": ""}, {})
    assert 'type="file"' in str(form["q_work"])


@pytest.mark.parametrize(("typed", "kept"), [("", 0), ("3", 3)])
def test_builder_takes_a_file_with_a_limit_within_that_of_the_house(typed: str, kept: int) -> None:
    data = {"after": "0", "wording": "Your work", "kind": "file", "audience": "reviewers", "max_megabytes": typed}
    form = QuestionForm(data)
    assert form.is_valid(), form.errors
    assert form.spec("q1").max_megabytes == kept
    assert QuestionForm(data | {"kind": "short", "max_megabytes": "3"}).is_valid()
    assert not QuestionForm(data | {"max_megabytes": "11"}).is_valid()
    with pytest.raises(UnfitQuestions, match="at most 10 MB"):
        make_sheet(QuestionSpec("work", Kind.FILE, "Your work", max_megabytes=11))


def test_eligibility_questions_take_no_file() -> None:
    gate = open_questionnaire(cohort=make.make_cohort(), purpose=Purpose.ELIGIBILITY)
    with pytest.raises(UnfitQuestions, match="before the form"):
        make_version(questionnaire=gate, questions=[make.FILE_QUESTION], by=None)
