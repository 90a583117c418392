"""Files as answers in a draft: put one there, take it out, hold on to those that were submitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from applications.errors import NoFileAsked, NotYours, TooManyUploads
from applications.models import Application, Choice
from applications.selectors.documents import answer_files_of
from applications.services.drafting import sheets_of_choices, touch
from mats_portal.journal.services import record
from mats_portal.questionnaires.fields import megabytes_of
from mats_portal.questionnaires.filing import FOLDER, UNNAMED, file_question, hold_files, let_go, put_file
from mats_portal.questionnaires.models import AnswerFile, AnswerSheet, Question
from mats_portal.questionnaires.services import share_answers
from mats_portal.web.limits import is_within
from mats_portal.web.uploads import look_into, stored

MOST_AN_HOUR = 60


def attach_answer_file(
    *, application: Application, choice: Choice | None, key: str, name: str, content: bytes, by: Any
) -> AnswerFile:
    """Let a PDF be the draft's answer to the question of that key, of a chosen stream or (None) of the general ones.

    What was submitted stays until the next submission. Raises `NotYours`, `NoFileAsked`, `TooManyUploads`, and as
    `uploads.look_into` does. The file is looked into and stored before the transaction; it goes when that fails.
    """
    sheet, question = _asked(application, choice, key, by)
    if not is_within(f"answer-files:{by.pk}", most=MOST_AN_HOUR, seconds=3600):
        raise TooManyUploads
    pdf = look_into(name, content, megabytes=megabytes_of(question), otherwise=UNNAMED)
    with stored(content, FOLDER) as path:
        file = AnswerFile(sheet=sheet, file=path, **asdict(pdf))
        _put(application, sheet, question, file, by)
    return file


def remove_answer_file(*, application: Application, choice: Choice | None, key: str, by: Any) -> bool:
    """Take the file out of the draft's answer; whether there was one. Raises `NotYours`, `NoFileAsked`."""
    sheet, question = _asked(application, choice, key, by)
    return _put(application, sheet, question, None, by)


def hold_submitted_files(application: Application, content: dict[str, Any]) -> None:
    """Keep the files of what was just submitted for those who read it, and let those of before go."""
    hold_files(answer_files_of(application), codes_in(content))


def codes_in(content: dict[str, Any]) -> list[str]:
    """The codes of the files that the answers of a submission give."""
    answers: Iterable[dict[str, Any]] = (answer for part in content["parts"] for answer in part["answers"])
    return [answer["file"]["code"] for answer in answers if answer.get("file")]


def _asked(application: Application, choice: Choice | None, key: str, by: Any) -> tuple[AnswerSheet, Question]:
    if application.person_id != by.pk:
        raise NotYours
    sheet = choice.sheet if choice else application.sheet
    question = file_question(sheet, key) if sheet else None
    if sheet is None or question is None:
        raise NoFileAsked
    return sheet, question


@transaction.atomic
def _put(application: Application, sheet: AnswerSheet, question: Question, file: AnswerFile | None, by: Any) -> bool:
    touch(application, by)
    if not put_file(sheet=sheet, question=question, file=file, by=by):
        return False
    if sheet.pk != application.sheet_id:
        share_answers(source=sheet, targets=sheets_of_choices(application))
    let_go(answer_files_of(application))
    facts: dict[str, Any] = {"question": question.key}
    facts |= {"sha256": file.digest, "pages": file.pages} if file else {}
    verb = "attach file" if file else "remove file"
    record(by=by, verb=verb, subject=application, cohort=application.cohort, facts=facts)
    return True
