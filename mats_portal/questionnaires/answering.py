"""The form in which questions are answered. It keeps what is typed; what is missing is said before submitting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from mats_portal.questionnaires.fields import SEEN_BY, field_of, kept, shown
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question, Version
from mats_portal.questionnaires.selectors import answers_of, questions_of
from mats_portal.questionnaires.states import Audience, QuestionKind
from mats_portal.questionnaires.widgets import FileAnswer


@dataclass(frozen=True, slots=True)
class Condition:
    """After which answers on the same page a question is shown: the field, its values, and a sentence that says so."""

    field: str
    values: str
    sentence: str

    @classmethod
    def of(cls, question: Question, source: Question) -> Condition:
        """The condition of a question whose source stands on the same page."""
        options = " or ".join(f"“{option}”" for option in question.shown_if_options)
        said = f"Only if you ticked “{source.wording}”." if source.kind == QuestionKind.CONSENT else ""
        said = said or f"Only if you answered {options} to “{source.wording}”."
        return cls(f"q_{source.key}", json.dumps(list(question.shown_if_options)), said)


class AnswersForm(forms.Form):
    """One field for each question, named `q_<key>`, and the revision of the sheet that the writer saw.

    readers: who sees all answers, where the questionnaire and not each question decides that; file_address: where
    the file of an answer is, by its code.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-version": True}))

    def __init__(
        self,
        questions: Iterable[Question],
        answers: Mapping[str, Answer],
        revision: int,
        *,
        readers: str = "",
        file_address: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.questions, self.readers = list(questions), readers
        initial = {f"q_{question.key}": shown(question, answers.get(question.key)) for question in self.questions}
        super().__init__(initial={**initial, "revision": revision}, label_suffix="", **kwargs)
        for question in self.questions:
            field = self.fields[f"q_{question.key}"] = field_of(question)
            if isinstance(field.widget, FileAnswer):
                field.widget.address = file_address
        on_page = {question.key: question for question in self.questions}
        for question in self.questions:
            if source := on_page.get(question.shown_if):
                self.fields[f"q_{question.key}"].condition = Condition.of(question, source)  # type: ignore[attr-defined]

    @property
    def answer_fields(self) -> list[BoundField]:
        """The fields of the questions, in order."""
        return [self[f"q_{question.key}"] for question in self.questions]

    @property
    def seen_by(self) -> str:
        """Who will see the answers, when it is the same people for all of them."""
        readers = {self.readers or SEEN_BY[Audience(question.audience)] for question in self.questions}
        return readers.pop() if len(readers) == 1 else ""

    @property
    def values(self) -> dict[str, str | list[str]]:
        """What was typed, by the key of the question; for a valid form."""
        typed = [question for question in self.questions if question.kind != QuestionKind.FILE]
        return {question.key: kept(self.cleaned_data[f"q_{question.key}"]) for question in typed}

    @property
    def uploads(self) -> dict[str, UploadedFile]:
        """The files that were sent, by the key of the question; for a valid form."""
        asking = [question for question in self.questions if question.kind == QuestionKind.FILE]
        sent = {question.key: self.cleaned_data[f"q_{question.key}"] for question in asking}
        return {key: file for key, file in sent.items() if file is not None}

    @property
    def takes_files(self) -> bool:
        """Whether a question on the page is answered by a file."""
        return self.is_multipart()

    def catch_up(self, revision: int) -> None:
        """Let the next save of what is typed here go on from this revision."""
        data: Any = self.data
        data = data.copy()
        data["revision"] = str(revision)
        self.data = data


def sheet_form(version: Version, sheet: AnswerSheet, **kwargs: Any) -> AnswersForm:
    """The form of all questions of a version, filled from the sheet."""
    return AnswersForm(questions_of(version), answers_of(sheet), sheet.revision, **kwargs)
