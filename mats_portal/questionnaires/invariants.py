"""What must hold of questions and answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from mats_portal.questionnaires.models import AnswerFile
from mats_portal.web.invariants import Invariant, sql, trigger_stands


def _without_file() -> Iterable[str]:
    rows = AnswerFile.objects.order_by("pk").values_list("code", "file").iterator(chunk_size=500)
    return [code for code, name in rows if not default_storage.exists(name)]


def _unused() -> Iterable[str]:
    return AnswerFile.objects.unused().order_by("pk").values_list("code", flat=True)


INVARIANTS = (
    trigger_stands("questionnaires_question", "asked_questions_are_final"),
    sql(
        "Each answer is to a question of its sheet's version",
        "SELECT answer.id FROM questionnaires_answer answer"
        " JOIN questionnaires_answersheet sheet ON sheet.id = answer.sheet_id"
        " JOIN questionnaires_question question ON question.id = answer.question_id"
        " WHERE question.version_id <> sheet.version_id",
    ),
    Invariant("Each file of an answer is stored", _without_file),
    Invariant("Each file is given by an answer or held by what was submitted", _unused),
    sql(
        "No answer is newer than its sheet",
        "SELECT answer.id FROM questionnaires_answer answer"
        " JOIN questionnaires_answersheet sheet ON sheet.id = answer.sheet_id WHERE answer.revision > sheet.revision",
    ),
)
