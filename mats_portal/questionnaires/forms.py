"""A question, as its editor writes it."""

from __future__ import annotations

from typing import Any

from django import forms

from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import CHOICE_KINDS, Audience, QuestionKind, Retention
from mats_portal.web.forms import CleanCharField, CleanTextField
from mats_portal.web.text import clean_line

MOST_OPTIONS = 60
LONGEST_OPTION = 200
ANCHORED = (QuestionKind.SCALE,)
LIMITED = (QuestionKind.SHORT, QuestionKind.LONG)


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
        help_text="One a line. For a scale from lowest to highest; what a point means after “=”: 5 = could teach it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    rows = CleanTextField(
        label="Lines of the grid",
        required=False,
        max_length=10_000,
        help_text="One a line; each is answered on the scale of the options.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    max_words = forms.IntegerField(
        label="At most so many words", required=False, min_value=0, max_value=20_000, help_text="Empty for no limit."
    )
    max_characters = forms.IntegerField(
        label="At most so many characters", required=False, min_value=0, max_value=50_000, help_text="Empty for none."
    )
    is_markdown = forms.BooleanField(
        label="A long text may use Markdown", required=False, help_text="Readers see headings, lists and links."
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
            initial |= {name: getattr(spec, name) for name in cls.base_fields if name != "after"}
            pairs = zip(spec.options, spec.anchors or ("",) * len(spec.options), strict=True)
            initial["options"] = "\n".join(f"{option} = {anchor}" if anchor else option for option, anchor in pairs)
            initial["rows"] = "\n".join(spec.rows)
            initial |= {"max_words": spec.max_words or None, "max_characters": spec.max_characters or None}
        return cls(data, initial=initial, label_suffix="")

    def clean_options(self) -> tuple[str, ...]:
        """The lines, each once."""
        return _lines(self.cleaned_data["options"], "options")

    def clean_rows(self) -> tuple[str, ...]:
        """The same for the lines of a grid."""
        return _lines(self.cleaned_data["rows"], "lines")

    def clean(self) -> dict[str, Any]:
        """Options, lines, limits for the kinds that have some, and only for them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        kind = found.get("kind")
        options: tuple[str, ...] = found.get("options", ()) if kind in CHOICE_KINDS else ()
        anchors: tuple[str, ...] = ()
        if kind in ANCHORED:
            options, anchors = _anchored(options)
        if kind in CHOICE_KINDS and len(set(options)) < 2 and "options" not in self.errors:
            self.add_error("options", "Write at least two options, one a line.")
        if kind == QuestionKind.MATRIX and not found.get("rows") and "rows" not in self.errors:
            self.add_error("rows", "Write at least one line of the grid.")
        found |= {"options": options, "anchors": anchors if any(anchors) else ()}
        found["rows"] = found.get("rows", ()) if kind == QuestionKind.MATRIX else ()
        if kind != QuestionKind.LONG:
            found["is_markdown"] = False
        if kind not in LIMITED:
            found |= {"max_words": 0, "max_characters": 0}
        if found.get("is_sensitive") and not found.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", "Say why you ask: people answer a sensitive question when they know what for.")
        return found

    def spec(self, key: str, measures: str = "") -> QuestionSpec:
        """What was written, as a question of that key; for a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "after"}
        given |= {"kind": QuestionKind(given["kind"]), "audience": Audience(given["audience"])}
        given["retention"] = Retention(given["retention"] or Retention.APPLICATION)
        given |= {name: given[name] or 0 for name in ("max_words", "max_characters")}
        return QuestionSpec(key=key, measures=measures, **given)


def _lines(text: str, noun: str) -> tuple[str, ...]:
    """The lines of a text, each once; raises ValidationError when they are too many or too long."""
    lines = tuple(dict.fromkeys(line for line in map(clean_line, text.split("\n")) if line))
    if len(lines) > MOST_OPTIONS or any(len(line) > LONGEST_OPTION for line in lines):
        raise forms.ValidationError(f"At most {MOST_OPTIONS} {noun}, of at most {LONGEST_OPTION} characters each.")
    return lines


def _anchored(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The points of a scale and what they mean, from lines such as “5 = could teach it”."""
    pairs = [line.partition(" = ") for line in lines]
    return tuple(point.strip() for point, _, _ in pairs), tuple(anchor.strip() for _, _, anchor in pairs)
