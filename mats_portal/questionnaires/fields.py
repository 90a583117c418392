"""The field in which a question of each kind is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from mats_portal.questionnaires.checks import longest
from mats_portal.questionnaires.conditions import AGREED
from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.states import CHOICE_KINDS, ONE_CHOICE, Audience, QuestionKind, Retention
from mats_portal.questionnaires.widgets import FileAnswer, Grid, Ranked, Scale
from mats_portal.web.forms import CleanCharField, CleanTextField
from mats_portal.web.pdf import LARGEST_MEGABYTES

MANY = 6
PURGED = "Your answer is deleted if you are not offered a place."
MARKDOWN = "You can use Markdown: *emphasis*, lists, links."
SEEN_BY = {
    Audience.REVIEWERS: "programme staff, and the mentors and reviewers of your streams",
    Audience.STAFF: "programme staff only",
}


class ListField(forms.Field):
    """What a grid or a ranked list holds; whether it is on the list is judged where it is kept."""

    def clean(self, value: Any) -> list[str]:
        """The list as the control read it."""
        return list(value or [])


class UploadField(forms.FileField):
    """A file that is sent along, or none; what it is, is judged by its content where it is kept."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file that was sent, or None: what is kept already is not sent again."""
        return self.to_python(data)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is kept: a file that was sent and refused is not shown as if it were there."""
        return initial


def megabytes_of(question: Question) -> int:
    """How large a file the question takes."""
    return question.max_megabytes or LARGEST_MEGABYTES


def shown(question: Question, answer: Answer | None) -> Any:
    """An answer as the field of its question shows it."""
    if answer is None:
        return None
    if question.kind == QuestionKind.FILE:
        return answer
    if question.kind in ONE_CHOICE:
        return answer.choices[0] if answer.choices else ""
    if question.kind in CHOICE_KINDS:
        return answer.choices
    return answer.text == AGREED if question.kind == QuestionKind.CONSENT else answer.text


def kept(value: Any) -> str | list[str]:
    """What a field took, as it is kept."""
    if isinstance(value, bool):
        return AGREED if value else ""
    return value if isinstance(value, list) else str(value or "")


def field_of(question: Question) -> forms.Field:
    """The field of a question; nothing is required of a draft."""
    field = _bare_field(question)
    field.label, field.help_text, field.required = question.wording, _help(question), False
    field.word_limit = question.max_words or None  # type: ignore[attr-defined]
    field.character_limit = question.max_characters or None  # type: ignore[attr-defined]
    field.seen_by = SEEN_BY[Audience(question.audience)]  # type: ignore[attr-defined]
    field.note = " " if question.is_required else "optional"  # type: ignore[attr-defined]
    return field


def _help(question: Question) -> str:
    """The help, then why it is asked and how long the answer is kept when that is not as long as the rest."""
    why = (
        [f"One PDF of at most {megabytes_of(question)} MB and 50 pages."] if question.kind == QuestionKind.FILE else []
    )
    why += [MARKDOWN] if question.is_markdown else []
    why += [f"Why we ask: {question.purpose}"] if question.purpose else []
    why += [PURGED] if question.retention == Retention.UNSUCCESSFUL or question.kind == QuestionKind.FILE else []
    if not why:
        return question.help
    return format_html('{}<p class="field-why">{}</p>', question.help, " ".join(why))


def _bare_field(question: Question) -> forms.Field:
    match QuestionKind(question.kind):
        case QuestionKind.SINGLE | QuestionKind.SEVERAL | QuestionKind.SCALE:
            return _choice_field(question)
        case QuestionKind.MATRIX:
            return ListField(widget=Grid(question.rows, question.options))
        case QuestionKind.RANKED:
            return ListField(widget=Ranked(question.options))
        case QuestionKind.CONSENT:
            return forms.BooleanField()
        case QuestionKind.FILE:
            return UploadField(widget=FileAnswer(question.key), allow_empty_file=True)
        case QuestionKind.LONG:
            rows = min(max((question.max_words or 200) // 40, 4), 16)
            return CleanTextField(max_length=longest(question.kind), widget=forms.Textarea(attrs={"rows": rows}))
        case QuestionKind.NUMBER:
            return CleanCharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case QuestionKind.DATE:
            return CleanCharField(max_length=40, widget=forms.TextInput(attrs={"type": "date"}))
        case QuestionKind.URL | QuestionKind.EMAIL as kind:
            attrs = {"inputmode": kind.value, "spellcheck": "false"}
            return CleanCharField(max_length=longest(question.kind), widget=forms.TextInput(attrs=attrs))
        case _:
            return CleanCharField(max_length=longest(question.kind))


def _choice_field(question: Question) -> forms.Field:
    options = [(option, option) for option in question.options]
    nothing = ("", "Choose one" if question.is_required else "No answer")
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
    if question.kind == QuestionKind.SINGLE and len(options) > MANY:
        return forms.ChoiceField(choices=[nothing, *options])
    shown = options if question.is_required else [*options, nothing]
    if question.kind == QuestionKind.SINGLE:
        return forms.ChoiceField(choices=shown, widget=forms.RadioSelect)
    field = forms.ChoiceField(choices=options if question.is_required else [*options, ("", "–")])
    field.widget = Scale(question.anchors)
    field.widget.choices = field.choices
    return field
