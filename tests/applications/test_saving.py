"""Answers kept in one statement: the same as under a lock, and nothing lost when many save at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.errors import NotYours
from applications.models import Application
from applications.services import save_section, save_stream_answers, submit_application
from applications.services.saving import keep_at_once
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.questionnaires.errors import StaleAnswers, UnknownChoice
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import answers_of, questions_asked
from mats_portal.questionnaires.services import save_answers
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.conftest import SignIn

AUTOSAVE: dict[str, Any] = {"HTTP_X_REQUESTED_WITH": "fetch", "HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(db: None) -> Application:
    """Ada's draft, every question answered."""
    return make.make_application(make.make_cohort(), make.make_person("Ada"), submitted=False)


def at(draft: Application, page: str) -> str:
    return reverse("applications:section", args=[draft.cohort.slug, page])


def said(sheet: AnswerSheet) -> dict[str, tuple[str, list[str]]]:
    return {key: (answer.text, answer.choices) for key, answer in answers_of(sheet).items()}


def test_autosave_asks_four_statements_at_every_length(draft: Application, sign_in: SignIn) -> None:
    ada, revision = sign_in(draft.person), draft.sheet.revision
    for length in (1, 1, 8000):
        typed = {"q_motivation": f"{revision} " * length, "revision": revision, "application": draft.code}
        with CaptureQueriesContext(connection) as found:
            revision = ada.post(at(draft, "why-this-work"), typed, **AUTOSAVE).json()["version"]
    assert len(found) == 4, [query["sql"][:80] for query in found]  # session, person, application, the write


def test_autosave_of_a_streams_own_questions_asks_five(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    make.make_questions(cohort, stream)
    draft = make.make_application(cohort, streams=[stream], submitted=False)
    sheet = draft.choices.get().sheet
    assert sheet is not None
    ada, url = sign_in(draft.person), reverse("applications:stream_questions", args=[cohort.slug, stream.code])
    for revision in (1, 2):
        with CaptureQueriesContext(connection) as found:
            ada.post(url, {"q_q1": f"Version {revision}", "revision": revision}, **AUTOSAVE)
    assert said(sheet)["q1"] == ("Version 2", [])
    assert len(found) == 5, [query["sql"][:80] for query in found]


@pytest.mark.parametrize(
    "values",
    [
        {"motivation": "New words\r\nover two lines"},
        {"motivation": ""},
        {"education": "PhD", "evidence": "  Two\n lines ", "prerequisite": ["Yes"]},
        {"otherwise": ["Classes"], "already": "No", "unknown": "ignored"},
        {"motivation": "What I think: motivation."},
        {},
    ],
)
def test_in_one_statement_the_same_is_kept_as_under_a_lock(draft: Application, values: dict[str, Any]) -> None:
    other = make.make_application(draft.cohort, make.make_person("Bea"), submitted=False)
    (revision,) = {one.sheet.revision for one in (draft, other)}
    one = keep_at_once(application=draft, sheet=draft.sheet, values=values, expected_revision=revision)
    locked = save_answers(sheet=other.sheet, values=values, expected_revision=revision, by=other.person)
    assert one is not None
    assert (said(one), one.revision) == (said(locked), locked.revision)
    assert one.saved_at
    stored = AnswerSheet.objects.get(pk=one.pk)
    assert (stored.revision, stored.saved_at) == (one.revision, one.saved_at)
    kept = {key: answer.revision for key, answer in answers_of(one).items()}
    assert kept == {key: answer.revision for key, answer in answers_of(locked).items()}


def test_another_revision_keeps_nothing_and_does_not_count_as_an_act(draft: Application) -> None:
    before, moment = said(draft.sheet), Application.objects.get(pk=draft.pk).changed_at
    revision = draft.sheet.revision + 1
    values = {"motivation": "Lost"}
    assert keep_at_once(application=draft, sheet=draft.sheet, values=values, expected_revision=revision) is None
    assert said(draft.sheet) == before
    assert Application.objects.get(pk=draft.pk).changed_at == moment


def test_choice_that_is_not_on_the_list_keeps_nothing(draft: Application) -> None:
    values = {"motivation": "Kept?", "education": "Wizard"}
    with pytest.raises(UnknownChoice):
        save_section(application=draft, values=values, expected_revision=draft.sheet.revision, by=draft.person)
    assert said(draft.sheet)["motivation"] == ("What I think: motivation.", [])


def test_nobody_saves_in_the_draft_of_another(draft: Application) -> None:
    nobody = make.make_person("Nobody")
    with pytest.raises(NotYours):
        save_section(application=draft, values={"motivation": "x"}, expected_revision=draft.sheet.revision, by=nobody)


def test_late_text_is_noted_as_late_and_no_more_once_there_is_time_again(draft: Application) -> None:
    close = Milestone.objects.filter(cohort=draft.cohort, kind=MilestoneKind.APPLICATIONS_CLOSE)
    for number, (days, is_late) in enumerate([(-1, True), (1, False)]):
        close.update(at=timezone.now() + timedelta(days=days))
        revision = AnswerSheet.objects.get(pk=draft.sheet_id).revision
        values = {"motivation": f"Text {number}"}
        save_section(application=draft, values=values, expected_revision=revision, by=draft.person)
        assert bool(draft.late_saved_at) is is_late
        assert Application.objects.get(pk=draft.pk).late_saved_at == draft.late_saved_at
    close.delete()
    save_section(application=draft, values={"motivation": "x"}, expected_revision=revision + 1, by=draft.person)
    assert draft.late_saved_at is None


def test_what_an_answer_on_another_page_hides_is_not_emptied_by_saving(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    one = QuestionSpec("one", QuestionKind.SINGLE, "Have you written?", section="First", options=("Yes", "No"))
    two = QuestionSpec("two", QuestionKind.SHORT, "What?", section="Second", shown_if="one", shown_if_options=("Yes",))
    three = QuestionSpec("three", QuestionKind.SHORT, "Else?", section="Second")
    make.make_questions(cohort, questions=[one, two, three])
    draft = make.make_application(cohort, submitted=False)
    values = {"one": "No", "two": "A paper"}
    save_section(application=draft, values=values, expected_revision=99, by=draft.person)
    told = sign_in(draft.person).post(at(draft, "second"), {"q_three": "Kept", "revision": 99}, **AUTOSAVE)
    assert told.status_code == 200
    assert (said(draft.sheet)["two"][0], said(draft.sheet)["three"][0]) == ("A paper", "Kept")


def test_page_that_is_not_there_saves_nothing(draft: Application, sign_in: SignIn) -> None:
    ada: Client = sign_in(draft.person)
    assert ada.post(at(draft, "no-such-page"), {"revision": 1}, **AUTOSAVE).status_code == 404
    assert sign_in(make.make_person("Bea")).post(at(draft, "why-this-work"), {}, **AUTOSAVE).status_code == 404


def test_older_sheet_keeps_the_questions_it_was_asked(draft: Application) -> None:
    before = [question.wording for question in questions_asked(draft.sheet)]
    make.make_questions(draft.cohort, questions=[QuestionSpec("new", QuestionKind.SHORT, "Only this?")])
    later = make.make_application(draft.cohort, make.make_person("Bea"), submitted=False)
    assert [question.wording for question in questions_asked(draft.sheet)] == before
    assert [question.wording for question in questions_asked(later.sheet)] == ["Only this?"]


@pytest.mark.django_db(transaction=True)
def test_three_windows_and_submits_at_once_lose_nothing() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    make.make_questions(cohort, stream)
    draft = make.make_application(cohort, streams=[stream], submitted=False)
    choice, start = draft.choices.select_related("application__person", "sheet").get(), Barrier(4)
    turns, first = 60, draft.sheet.revision

    def write(key: str) -> str:
        """One window: writes one question, and goes on from the revision that it is told."""
        start.wait(timeout=10)
        revision, text = first, ""
        for number in range(turns):
            text = str(number)
            own = Application.objects.select_related("person", "sheet").get(pk=draft.pk)
            kept = save_section(application=own, values={key: text}, expected_revision=revision, by=own.person)
            revision = kept.revision
        connection.close()
        return text

    def press(_: str) -> str:
        """Submits again and again, and writes the stream's answer in between."""
        start.wait(timeout=10)
        revision, text = 1, ""
        for number in range(turns // 4):
            own, text = Application.objects.select_related("person").get(pk=draft.pk), f"stream {number}"
            submit_application(application=own, by=own.person)
            kept = save_stream_answers(choice=choice, values={"q1": text}, expected_revision=revision, by=own.person)
            assert kept
            revision = kept.revision
        connection.close()
        return text

    keys = ["motivation", "evidence", "commitments"]
    with ThreadPoolExecutor(4) as pool:
        *last, pressed = pool.map(lambda act: act[0](act[1]), [*((write, key) for key in keys), (press, "")])
    answers = answers_of(draft.sheet)
    assert [answers[key].text for key in keys] == last
    assert choice.sheet
    assert answers_of(choice.sheet)["q1"].text == pressed
    assert AnswerSheet.objects.get(pk=draft.sheet_id).revision == first + 3 * turns


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_write_the_same_answer_one_is_told_each_time() -> None:
    draft, start = make.make_application(make.make_cohort(), submitted=False), Barrier(2)
    first = draft.sheet.revision

    def write(name: str) -> int:
        start.wait(timeout=10)
        told, revision = 0, first
        for number in range(60):
            try:
                kept = save_section(
                    application=draft,
                    values={"motivation": f"{name} {number}"},
                    expected_revision=revision,
                    by=draft.person,
                )
                revision = kept.revision
            except StaleAnswers as stale:
                told, revision = told + 1, stale.revision
        connection.close()
        return told

    with ThreadPoolExecutor(2) as pool:
        told = sum(pool.map(write, ["one", "other"]))
    # Whoever was not told was kept: each of those made one revision.
    assert AnswerSheet.objects.get(pk=draft.sheet_id).revision == first + 120 - told
