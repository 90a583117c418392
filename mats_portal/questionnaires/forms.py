"""A question, as its editor writes it."""

from __future__ import annotations

from typing import Any

from django import forms

from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, QuestionKind, Retention
from mats_portal.web.forms import CleanCharField, CleanTextField
from mats_portal.web.text import clean_line

CHOICES = (QuestionKind.SINGLE, QuestionKind.SEVERAL)
MOST_OPTIONS = 60


class QuestionForm(forms.Form):
    """Wording, kind and rules of one question. `after`: the number of the version that the editor saw."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wording = CleanTextField(label="Question", max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))
    help = CleanTextField(label="Help", required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))
    section = CleanCharField(
        label="Section", required=False, max_length=100, help_text="Questions of one section share a page."
    )
    kind = forms.ChoiceField(label="How it is answered", choices=QuestionKind.choices)
    options = CleanTextField(
        label="Options",
        required=False,
        max_length=10_000,
        help_text="One a line, for “one of several” and “several of several”.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    max_words = forms.IntegerField(
        label="At most so many words", required=False, min_value=0, max_value=20_000, help_text="Empty for no limit."
    )
    audience = forms.ChoiceField(label="Who sees the answer", choices=Audience.choices, widget=forms.RadioSelect)
    is_required = forms.BooleanField(label="Needs an answer", required=False)
    is_sensitive = forms.BooleanField(
        label="Sensitive", required=False, help_text="Hidden from reviewers and mentors; kept out of what they search."
    )
    purpose = CleanTextField(
        label="Why it is asked",
        required=False,
        max_length=500,
        help_text="The applicant reads this beside the question. A sensitive question needs it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    retention = forms.ChoiceField(
        label="How long the answer is kept", choices=Retention.choices, widget=forms.RadioSelect, required=False
    )

    @classmethod
    def of(cls, spec: QuestionSpec | None, after: int, data: Any = None) -> QuestionForm:
        """The form of a question, or of a new one."""
        initial: dict[str, Any] = {"after": after, "is_required": True, "audience": Audience.REVIEWERS}
        initial |= {"retention": Retention.APPLICATION}
        if spec:
            initial |= {name: getattr(spec, name) for name in cls.base_fields if name not in ("after", "options")}
            initial |= {"options": "\n".join(spec.options), "max_words": spec.max_words or None}
        return cls(data, initial=initial, label_suffix="")

    def clean_options(self) -> tuple[str, ...]:
        """The lines, each once."""
        lines = [clean_line(line) for line in self.cleaned_data["options"].split("\n")]
        options = tuple(dict.fromkeys(line for line in lines if line))
        if len(options) > MOST_OPTIONS or any(len(option) > 200 for option in options):
            raise forms.ValidationError(f"At most {MOST_OPTIONS} options, of at most 200 characters each.")
        return options

    def clean(self) -> dict[str, Any]:
        """Options for the kinds that have some, and only for them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("kind") in CHOICES:
            if len(found.get("options", ())) < 2 and "options" not in self.errors:
                self.add_error("options", "Write at least two options, one a line.")
        else:
            found["options"] = ()
        if found.get("is_sensitive") and not found.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", "Say why you ask: people answer a sensitive question when they know what for.")
        return found

    def spec(self, key: str, measures: str = "") -> QuestionSpec:
        """What was written, as a question of that key; for a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "after"}
        given |= {"kind": QuestionKind(given["kind"]), "audience": Audience(given["audience"])}
        given["retention"] = Retention(given["retention"] or Retention.APPLICATION)
        given["max_words"] = given["max_words"] or 0
        return QuestionSpec(key=key, measures=measures, **given)
