"""Files as answers: put one in an answer's place, take it out, and let go what nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from mats_portal.questionnaires.models import Answer, AnswerFile, AnswerFileQuerySet, AnswerSheet, Question
from mats_portal.questionnaires.services import keep_changed
from mats_portal.questionnaires.states import QuestionKind

FOLDER = "answers"
UNNAMED = "File"


def file_question(sheet: AnswerSheet, key: str) -> Question | None:
    """The question of that key on the sheet, if it takes a file."""
    return Question.objects.filter(version_id=sheet.version_id, key=key, kind=QuestionKind.FILE).first()


@transaction.atomic
def put_file(*, sheet: AnswerSheet, question: Question, file: AnswerFile | None, by: Any) -> bool:
    """Let the answer give this file, which is stored already, or none; whether that changed anything.

    The name of the file is the text of the answer. Another file that it gave before goes unless it is needed.
    """
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.person_id != by.pk:
        raise PermissionError("Answers are written by the person whose they are.")
    there = Answer.objects.filter(sheet=locked, question=question).exclude(text="").exists()
    if file is None and not there:
        return False
    if file is not None:
        file.save()
    name = file.name if file else ""
    keep_changed(locked, [Answer(sheet=locked, question=question, text=name, file=file, revision=locked.revision + 1)])
    return True


def hold_files(files: AnswerFileQuerySet, codes: Collection[str]) -> None:
    """Hold on to those of the files that have these codes and to no other; of the others goes what is unused."""
    if not files.exists():
        return
    files.filter(code__in=codes).update(is_held=True)
    files.exclude(code__in=codes).update(is_held=False)
    let_go(files)


def let_go(files: AnswerFileQuerySet) -> int:
    """Delete those of the files that nobody needs any more, with what is stored; answers how many."""
    count, _ = files.unused().delete()
    return count
