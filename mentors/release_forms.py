"""What staff type into a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from mats_portal.web.forms import CleanTextField
from mentors.models import DecisionWords, Release
from mentors.services.releasing import Wording
from mentors.states import DecisionKind, FeedbackGroup, ReasonTag

CLOSING = "closing"
ASKED = {
    DecisionKind.OFFER: "Offers that are prepared",
    DecisionKind.RESERVE: "Places on the reserve",
    DecisionKind.REJECTION: "Rejections",
    CLOSING: "The end of the reserve, to those who are on it",
}
HINTS: dict[tuple[str, str], str] = {
    (DecisionKind.OFFER, ""): "One more paragraph in every offer, if you like.",
    (DecisionKind.RESERVE, ""): "One more paragraph, if you like. The letter gives the counts and says what to expect.",
    (DecisionKind.REJECTION, FeedbackGroup.RESERVE): "What you would have liked about them, and why no seat came free.",
    (
        DecisionKind.REJECTION,
        FeedbackGroup.RANKED,
    ): "Streams knew them and chose others. What would have moved them up?",
    (
        DecisionKind.REJECTION,
        FeedbackGroup.READ,
    ): "Somebody read them, no stream ranked them. What did readers miss most often?",
    (DecisionKind.REJECTION, FeedbackGroup.UNREAD): "Nobody reviewed these. Say so, and why.",
}


class PrepareForm(forms.Form):
    """Which decisions to gather. counts: how many there are of each kind now; kinds without any are left out."""

    told = forms.MultipleChoiceField(
        label="What shall they be told?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of decision."},
    )

    def __init__(self, *args: Any, counts: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [(str(kind), f"{label}: {counts[kind]:,}") for kind, label in ASKED.items() if counts.get(kind)]
        self.fields["told"].choices = choices  # type: ignore[attr-defined]

    def kinds(self) -> set[DecisionKind]:
        """The kinds to gather."""
        return {DecisionKind(kind) for kind in self.cleaned_data["told"] if kind != CLOSING}

    def closes_reserve(self) -> bool:
        """Whether the reserve is told that it is over."""
        return CLOSING in self.cleaned_data["told"]


class WordingForm(forms.Form):
    """What everybody of one kind and group is told."""

    text = CleanTextField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    tags = forms.MultipleChoiceField(
        required=False, choices=ReasonTag.choices, label="What weighed most", widget=forms.CheckboxSelectMultiple
    )
    praise_is_true = forms.BooleanField(
        required=False, label="Words of praise in it are true of every one of them", label_suffix=""
    )

    def __init__(self, data: Any = None, *, words: DecisionWords) -> None:
        initial = {"text": words.text, "tags": words.tags, "praise_is_true": words.praise_is_true}
        super().__init__(data, prefix=f"w{words.pk}", initial=initial, label_suffix="")
        self.words = words
        self.note = ""  # Beside the labels; empty: "optional", as it is.
        is_rejection = words.kind == DecisionKind.REJECTION
        self.fields["text"].label = "Feedback for all of them" if is_rejection else "A paragraph of your own"
        self.fields["text"].help_text = HINTS[words.kind, words.group]
        if is_rejection:
            self.note = "needed before it can be confirmed"
        else:
            del self.fields["tags"]

    def wording(self) -> Wording:
        """What was typed."""
        given = self.cleaned_data
        return Wording(given["text"], tuple(given.get("tags", ())), given["praise_is_true"])


def wording_forms(release: Release, data: Any = None) -> list[WordingForm]:
    """One form for each kind and group of the release."""
    return [WordingForm(data, words=words) for words in release.words.all()]


class NoteForm(forms.Form):
    """What one person alone is told."""

    note = CleanTextField(
        required=False,
        max_length=2000,
        label="A note for this person alone",
        help_text="It stands in the letter under “About your application in particular”.",
        widget=forms.Textarea(attrs={"rows": 4}),
        label_suffix="",
    )


class CountForm(forms.Form):
    """The number of letters, typed by whoever confirms them."""

    count = forms.IntegerField(
        min_value=0,
        max_value=100_000,
        label="Type the number of letters",
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )


class BrakeForm(forms.Form):
    """How many people the reserve calls in a day by itself."""

    most = forms.IntegerField(
        min_value=0,
        max_value=1000,
        required=False,
        label="Most calls in 24 hours",
        help_text="More wait for one of you. Empty: 20, or one in twenty of all offers. 0: every call waits.",
    )


class HeldForm(forms.Form):
    """How many seats were seen waiting."""

    seats = forms.IntegerField(min_value=1, max_value=100_000)
