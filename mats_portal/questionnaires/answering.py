"""The form in which questions are answered. It keeps what is typed; what is missing is said before submitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html

from mats_portal.questionnaires.checks import longest
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question, Version
from mats_portal.questionnaires.selectors import answers_of, questions_of
from mats_portal.questionnaires.states import Audience, QuestionKind, Retention
from mats_portal.web.forms import CleanCharField, CleanTextField

MANY = 6
AGREED = "yes"
SEEN_BY = {
    Audience.REVIEWERS: "programme staff, and the mentors and reviewers of your streams",
    Audience.STAFF: "programme staff only",
}
PURGED = "Your answer is deleted if you are not offered a place."


class AnswersForm(forms.Form):
    """One field for each question, named `q_<key>`, and the revision of the sheet that the writer saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-version": True}))

    def __init__(
        self, questions: Iterable[Question], answers: Mapping[str, Answer], revision: int, **kwargs: Any
    ) -> None:
        self.questions = list(questions)
        initial = {f"q_{question.key}": _shown(question, answers.get(question.key)) for question in self.questions}
        super().__init__(initial={**initial, "revision": revision}, label_suffix="", **kwargs)
        for question in self.questions:
            self.fields[f"q_{question.key}"] = _field(question)

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
        return {question.key: _kept(self.cleaned_data[f"q_{question.key}"]) for question in self.questions}

    def catch_up(self, revision: int) -> None:
        """Let the next save of what is typed here go on from this revision."""
        data: Any = self.data
        data = data.copy()
        data["revision"] = str(revision)
        self.data = data


def sheet_form(version: Version, sheet: AnswerSheet, **kwargs: Any) -> AnswersForm:
    """The form of all questions of a version, filled from the sheet."""
    return AnswersForm(questions_of(version), answers_of(sheet), sheet.revision, **kwargs)


def _shown(question: Question, answer: Answer | None) -> Any:
    if answer is None:
        return None
    if question.kind == QuestionKind.SEVERAL:
        return answer.choices
    if question.kind == QuestionKind.SINGLE:
        return answer.choices[0] if answer.choices else ""
    return answer.text == AGREED if question.kind == QuestionKind.CONSENT else answer.text


def _kept(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return AGREED if value else ""
    return value if isinstance(value, list) else str(value or "")


def _field(question: Question) -> forms.Field:
    field = _bare_field(question)
    field.label, field.help_text, field.required = question.wording, _help(question), False
    field.word_limit = question.max_words or None  # type: ignore[attr-defined]
    field.seen_by = SEEN_BY[Audience(question.audience)]  # type: ignore[attr-defined]
    field.note = " " if question.is_required else "optional"  # type: ignore[attr-defined]
    return field


def _help(question: Question) -> str:
    """The help, then why it is asked and how long the answer is kept when that is not as long as the rest."""
    why = [f"Why we ask: {question.purpose}"] if question.purpose else []
    why += [PURGED] if question.retention == Retention.UNSUCCESSFUL else []
    if not why:
        return question.help
    return format_html('{}<p class="field-why">{}</p>', question.help, " ".join(why))


def _bare_field(question: Question) -> forms.Field:
    options = [(option, option) for option in question.options]
    nothing = ("", "Choose one" if question.is_required else "No answer")
    match QuestionKind(question.kind):
        case QuestionKind.SINGLE if len(options) > MANY:
            return forms.ChoiceField(choices=[nothing, *options])
        case QuestionKind.SINGLE:
            shown = options if question.is_required else [*options, nothing]
            return forms.ChoiceField(choices=shown, widget=forms.RadioSelect)
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        case QuestionKind.CONSENT:
            return forms.BooleanField()
        case QuestionKind.LONG:
            rows = min(max((question.max_words or 200) // 40, 4), 16)
            return CleanTextField(max_length=longest(question.kind), widget=forms.Textarea(attrs={"rows": rows}))
        case QuestionKind.NUMBER:
            return CleanCharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case QuestionKind.URL:
            return CleanCharField(max_length=longest(question.kind), widget=forms.TextInput(attrs={"inputmode": "url"}))
        case _:
            return CleanCharField(max_length=longest(question.kind))
