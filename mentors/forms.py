"""What people type into the pages of reviewing and selecting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from mats_portal.cohorts.models import Stream
from mats_portal.people.models import Person
from mats_portal.rubrics.states import Dimension
from mats_portal.web.forms import CleanCharField, CleanTextField
from mentors.models import Offer
from mentors.models.discussing import MAX_CONTRIBUTION, MAX_NOTE
from mentors.selectors.progress import Behind
from mentors.states import ConflictKind, OfferState, ScoreOrder, WaiverReason


class ConflictForm(forms.Form):
    """Which tie it is."""

    kind = forms.ChoiceField(choices=ConflictKind.choices, label="How are you tied?", widget=forms.RadioSelect)


class NoteForm(forms.Form):
    """A note for oneself."""

    text = CleanTextField(
        required=False, max_length=MAX_NOTE, label="Note to myself", widget=forms.Textarea(attrs={"rows": 3})
    )


class ContributionForm(forms.Form):
    """A contribution, or an answer to one."""

    text = CleanTextField(max_length=MAX_CONTRIBUTION, label="Say something", widget=forms.Textarea(attrs={"rows": 4}))


class DoubtForm(forms.Form):
    """What makes a reviewer doubt that the application is honest work."""

    reason = CleanTextField(max_length=2000, label="What makes you doubt it", widget=forms.Textarea(attrs={"rows": 8}))


class CompareForm(forms.Form):
    """Which application to put beside the one at hand; others: their codes and names."""

    other = forms.ChoiceField(label="Beside")

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["other"].choices = [("", "Choose an applicant"), *others]  # type: ignore[attr-defined]


class WaiverForm(forms.Form):
    """Why a mentor leaves the scoring to others."""

    reason = forms.ChoiceField(choices=WaiverReason.choices, label="Why?", widget=forms.RadioSelect)
    note = CleanCharField(max_length=300, required=False, label="In a few words", help_text="Programme staff read it.")


class ScoresForm(forms.Form):
    """Which scores of a round, in which order, and how many would be taken."""

    dimension = forms.ChoiceField(choices=Dimension.choices, label="Of", required=False)
    order = forms.ChoiceField(choices=ScoreOrder.choices, label="Order", required=False)
    first = forms.IntegerField(min_value=1, max_value=10_000, label="Places", required=False)

    def __init__(self, asked: Mapping[str, Any], *, seats: int) -> None:
        self.usual = {"dimension": Dimension.ABILITY, "order": ScoreOrder.ESTIMATE, "first": max(1, seats)}
        super().__init__(self.usual | {name: value for name, value in asked.items() if value}, label_suffix="")

    def wanted(self) -> dict[str, Any]:
        """What to show; the usual where nothing, or nothing possible, was asked for."""
        self.is_valid()
        return self.usual | {name: value for name, value in self.cleaned_data.items() if value}


class PlanForm(forms.Form):
    """How many reviewers each application gets, and the most that one person reads."""

    readers = forms.IntegerField(min_value=1, max_value=10, label="Reviewers for each application")
    cap = forms.IntegerField(
        min_value=1, max_value=1000, required=False, label="At most for one person", help_text="Empty for no limit."
    )


class AssignForm(forms.Form):
    """One application for one person."""

    application = CleanCharField(max_length=16, label="Application", help_text="Its code, as on its page.")
    reviewer = forms.ChoiceField(label="Reviewer")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [("", "Choose a person"), *((person.code, person.name) for person in people)]
        self.fields["reviewer"].choices = choices  # type: ignore[attr-defined]


class NudgeForm(forms.Form):
    """Whom to ask once more, and what to add to the letter. `form_key` is the preview's: sent twice, it writes once."""

    people = forms.MultipleChoiceField(
        label="Whom to ask",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person."},
    )
    note = CleanTextField(
        label="A sentence of your own",
        required=False,
        max_length=1000,
        help_text="It stands in every letter, below your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = forms.SlugField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, behind: Sequence[Behind], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self._people = {one.person.code: one.person for one in behind}
        choices = [(one.person.code, self._words(one)) for one in behind]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def _words(one: Behind) -> str:
        late = ", late" if one.is_late else ""
        lately = "; a letter asked them within the last day" if one.asked_at else ""
        return f"{one.person.name}: {one.left} of {one.asked} left{late}{lately}"

    def clean_people(self) -> list[Person]:
        """The people themselves."""
        return [self._people[code] for code in self.cleaned_data["people"]]


class RankingForm(forms.Form):
    """The order of a stream's applicants, by number; and the bar.

    Fields are `place_<code>` (empty: not ranked), `off_<code>` (ticked: taken off) and
    `level_<code>` (ticked: liked as much as the one above).
    Numbers may repeat or leave gaps: a number that was changed goes before one that was not.
    Only applicants whose field was sent have one: a form that did not show them says nothing of them.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    would_take = forms.IntegerField(
        min_value=0,
        max_value=10_000,
        label="Would take the first",
        help_text="The bar: nobody below it gets an offer.",
        widget=forms.NumberInput(attrs={"data-bar": ""}),
    )

    def __init__(self, *args: Any, places: Mapping[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        sent = self.data if self.is_bound else ()
        self.places = {code: rank for code, rank in places.items() if f"place_{code}" in sent}
        for code in self.places:
            self.fields[f"place_{code}"] = forms.IntegerField(
                min_value=1, max_value=10_000, required=False, error_messages={"invalid": "A place is a whole number."}
            )
            self.fields[f"off_{code}"] = forms.BooleanField(required=False)
            self.fields[f"level_{code}"] = forms.BooleanField(required=False)

    def ordered(self) -> list[str]:
        """The codes of the ranked applicants, best first."""
        numbered = []
        for position, (code, before) in enumerate(self.places.items()):
            number = self.cleaned_data.get(f"place_{code}")
            if number is not None and not self.cleaned_data.get(f"off_{code}"):
                numbered.append((number, number == before, position, code))
        return [entry[-1] for entry in sorted(numbered)]

    def level(self) -> list[str]:
        """The codes of those who are liked as much as the one above."""
        return [code for code in self.places if self.cleaned_data.get(f"level_{code}")]


class PoolForm(forms.Form):
    """Whom to show of those who are not ranked."""

    q = forms.CharField(required=False, max_length=100, label="Search names of those not ranked")


class ReasonForm(forms.Form):
    """Why."""

    reason = CleanTextField(max_length=1000, label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


class HandOfferForm(ReasonForm):
    """One offer beside the matching."""

    application = CleanCharField(max_length=16, label="Application", help_text="Its code, as on its page.")
    stream = forms.ChoiceField(label="Stream")
    field_order = ("application", "stream", "reason")

    def __init__(self, *args: Any, streams: Sequence[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [("", "Choose a stream"), *((stream.code, stream.name) for stream in streams)]
        self.fields["stream"].choices = choices  # type: ignore[attr-defined]


class OfferFilter(forms.Form):
    """Which offers to show."""

    q = forms.CharField(required=False, max_length=100, label="Search names")
    state = forms.ChoiceField(required=False, label="State", choices=[("", "any"), *OfferState.choices])
    stream = forms.ChoiceField(required=False, label="Stream")

    def __init__(self, *args: Any, streams: Sequence[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [("", "any"), *((stream.code, stream.name) for stream in streams)]
        self.fields["stream"].choices = choices  # type: ignore[attr-defined]

    def narrow(self, offers: QuerySet[Offer]) -> QuerySet[Offer]:
        """The offers that fit; a value that cannot be is left out of account."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("q"):
            offers = offers.filter(application__person__name__icontains=wanted["q"])
        if wanted.get("state"):
            offers = offers.filter(state=wanted["state"])
        if wanted.get("stream"):
            offers = offers.filter(stream__code=wanted["stream"])
        return offers
