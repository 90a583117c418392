"""A question, a section, the expected effort: as their editors write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mats_portal.cohorts.models import Stream
from mats_portal.questionnaires.conditions import deciding_options
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import CHOICE_KINDS, Audience, QuestionKind, Retention
from mats_portal.web.forms import CleanCharField, CleanTextField
from mats_portal.web.pdf import LARGEST_MEGABYTES
from mats_portal.web.text import clean_line

NOT_OF_THE_QUESTION = ("after", "condition", "everywhere")
MOST_OPTIONS = 60
LONGEST_OPTION = 200
ANCHORED = (QuestionKind.SCALE,)
LIMITS = ("max_words", "max_characters", "max_megabytes")
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
    max_megabytes = forms.IntegerField(
        label="At most so many megabytes",
        required=False,
        min_value=1,
        max_value=LARGEST_MEGABYTES,
        help_text=f"Of a file: a PDF of at most 50 pages. Empty for {LARGEST_MEGABYTES}.",
    )
    is_markdown = forms.BooleanField(label="A long text may use Markdown", required=False)
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
        label="How long the answer is kept",
        choices=Retention.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="A file goes in any case when the person is not offered a place.",
    )

    condition = forms.MultipleChoiceField(
        label="Asked only after one of these answers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Answers of one earlier question. None: it is asked of everybody.",
    )
    accepted = CleanTextField(
        label="Answers that let go on",
        required=False,
        max_length=5_000,
        help_text="One a line, as among the options; for a consent: yes. Empty: the answer decides nothing.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusal = CleanTextField(
        label="What the others are told",
        required=False,
        max_length=500,
        help_text="Kind and exact: why not this time, and what they could do. They can ask you to look at it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_shared = forms.BooleanField(
        label="Other streams may ask the same",
        required=False,
        help_text="Whoever chooses several of them answers once, and each stream reads the answer.",
    )
    everywhere = forms.BooleanField(label="Change it there, too", required=False)

    def __init__(
        self,
        *args: Any,
        earlier: Sequence[QuestionSpec] = (),
        others: Sequence[Stream] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        deciding = [(one, deciding_options(one)) for one in earlier]
        self.fields["condition"].choices = [  # type: ignore[attr-defined]
            (one.wording[:100], [(f"{one.key}:{place}", option) for place, option in enumerate(options)])
            for one, options in deciding
            if options
        ]
        self._answers = {
            f"{one.key}:{place}": (one.key, option) for one, options in deciding for place, option in enumerate(options)
        }
        if others:
            names = ", ".join(map(str, others))
            self.fields["everywhere"].help_text = f"Asked by {names}, too. Otherwise it is shared with them no more."
        else:
            del self.fields["everywhere"]

    @classmethod
    def of(
        cls,
        spec: QuestionSpec | None,
        after: int,
        data: Any = None,
        *,
        earlier: Sequence[QuestionSpec] = (),
        others: Sequence[Stream] = (),
    ) -> QuestionForm:
        """The form of a question, or of a new one. others: the streams in which it can be changed with this one."""
        initial: dict[str, Any] = {"after": after, "is_required": True, "audience": Audience.REVIEWERS}
        initial |= {"retention": Retention.APPLICATION}
        if spec:
            initial |= {name: getattr(spec, name) for name in cls.base_fields if hasattr(spec, name)}
            pairs = zip(spec.options, spec.anchors or ("",) * len(spec.options), strict=True)
            initial["options"] = "\n".join(f"{option} = {anchor}" if anchor else option for option, anchor in pairs)
            initial |= {"rows": "\n".join(spec.rows), "accepted": "\n".join(spec.accepted)}
            initial |= {name: getattr(spec, name) or None for name in LIMITS}
            initial |= {"condition": _ticked(spec, earlier), "everywhere": True}
        return cls(data, initial=initial, earlier=earlier, others=others)

    def clean_options(self) -> tuple[str, ...]:
        """The lines, each once."""
        return _lines(self.cleaned_data["options"], "options")

    def clean_rows(self) -> tuple[str, ...]:
        """The same for the lines of a grid."""
        return _lines(self.cleaned_data["rows"], "lines")

    def clean_accepted(self) -> tuple[str, ...]:
        """The answers that let go on, each once."""
        return _lines(self.cleaned_data["accepted"], "answers")

    def clean_condition(self) -> tuple[str, tuple[str, ...]]:
        """The key of the deciding question and its answers; both empty for none."""
        chosen = [self._answers[value] for value in self.cleaned_data["condition"]]
        if len({key for key, _ in chosen}) > 1:
            raise forms.ValidationError("Choose answers of one question only.")
        return (chosen[0][0] if chosen else "", tuple(option for _, option in chosen))

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
        if kind != QuestionKind.FILE:
            found["max_megabytes"] = 0
        if found.get("is_sensitive") and not found.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", "Say why you ask: people answer a sensitive question when they know what for.")
        return found

    def spec(self, key: str, measures: str = "") -> QuestionSpec:
        """What was written, as a question of that key; for a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in NOT_OF_THE_QUESTION}
        given["shown_if"], given["shown_if_options"] = self.cleaned_data["condition"]
        given |= {"kind": QuestionKind(given["kind"]), "audience": Audience(given["audience"])}
        given["retention"] = Retention(given["retention"] or Retention.APPLICATION)
        given |= {name: given[name] or 0 for name in LIMITS}
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


def _ticked(spec: QuestionSpec, earlier: Sequence[QuestionSpec]) -> list[str]:
    """The values of the condition's boxes that are ticked for this question."""
    source = next((one for one in earlier if one.key == spec.shown_if), None)
    options = deciding_options(source) if source else ()
    return [f"{spec.shown_if}:{place}" for place, option in enumerate(options) if option in spec.shown_if_options]


class SectionForm(forms.Form):
    """The name of a section. `after`: the number of the version that the editor saw."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = CleanCharField(
        label="Name",
        max_length=100,
        help_text="The title of its page. A name that another section has makes one of both.",
    )


class EffortForm(forms.Form):
    """How long a questionnaire takes."""

    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=3_000,
        help_text="What somebody needs who takes it seriously. Empty: estimated from the questions.",
    )
