"""Answers and the files they give: erased with the person; the empty sheet stays where something points at it."""

from __future__ import annotations

from typing import Any

from mats_portal.questionnaires.models import Answer, AnswerFile
from mats_portal.web.keeping import Erasure, Part


def preview(person: Any) -> list[Part]:
    """All answers go, and all files."""
    return [
        Part("Answers in drafts", Answer.objects.filter(sheet__person=person).count()),
        Part("Files you uploaded as answers", AnswerFile.objects.filter(sheet__person=person).count()),
    ]


def erase(person: Any) -> None:
    """Remove the answers and the files, whatever held on to them."""
    Answer.objects.filter(sheet__person=person).delete()
    AnswerFile.objects.filter(sheet__person=person).delete()


ERASURE = Erasure(preview=preview, erase=erase)
