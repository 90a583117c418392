"""The form in which questions are answered. It keeps what is typed; what is missing is said before submitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from mats_portal.questionnaires.fields import SEEN_BY, field_of, kept, shown
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question, Version
from mats_portal.questionnaires.selectors import answers_of, questions_of
from mats_portal.questionnaires.states import Audience


class AnswersForm(forms.Form):
    """One field for each question, named `q_<key>`, and the revision of the sheet that the writer saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-version": True}))

    def __init__(
        self, questions: Iterable[Question], answers: Mapping[str, Answer], revision: int, **kwargs: Any
    ) -> None:
        self.questions = list(questions)
        initial = {f"q_{question.key}": shown(question, answers.get(question.key)) for question in self.questions}
        super().__init__(initial={**initial, "revision": revision}, label_suffix="", **kwargs)
        for question in self.questions:
            self.fields[f"q_{question.key}"] = field_of(question)

    @property
    def answer_fields(self) -> list[BoundField]:
        """The fields of the questions, in order."""
        return [self[f"q_{question.key}"] for question in self.questions]

    @property
    def seen_by(self) -> str:
        """Who will see the answers, when it is the same people for all of them."""
        readers = {SEEN_BY[Audience(question.audience)] for question in self.questions}
        return readers.pop() if len(readers) == 1 else ""

    @property
    def values(self) -> dict[str, str | list[str]]:
        """What was typed, by the key of the question; for a valid form."""
        return {question.key: kept(self.cleaned_data[f"q_{question.key}"]) for question in self.questions}

    def catch_up(self, revision: int) -> None:
        """Let the next save of what is typed here go on from this revision."""
        data: Any = self.data
        data = data.copy()
        data["revision"] = str(revision)
        self.data = data


def sheet_form(version: Version, sheet: AnswerSheet, **kwargs: Any) -> AnswersForm:
    """The form of all questions of a version, filled from the sheet."""
    return AnswersForm(questions_of(version), answers_of(sheet), sheet.revision, **kwargs)
