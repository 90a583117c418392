"""What people type into the pages of candidacies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mats_portal.cohorts.models import Cohort, Track
from mats_portal.people.models import Person
from mats_portal.web.forms import CleanCharField, CleanTextField
from mentors.candidacy.models import Candidacy
from mentors.candidacy.specs import Proposal
from mentors.candidacy.states import ANCHORS, LOWEST, MOST_SEATS
from mentors.states import ConflictKind

MOST_CO_MENTORS = 5


class CoMentorsField(CleanTextField):
    """One person a line: a name, a comma, an e-mail address. Cleans to pairs of name and lower-case address."""

    def clean(self, value: Any) -> Any:
        """The pairs; a line that is not a name and an address is named in the refusal."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_CO_MENTORS:
            raise ValidationError(f"Please name at most {MOST_CO_MENTORS} co-mentors.")
        pairs = [self._pair(line) for line in lines]
        if len({email for _, email in pairs}) < len(pairs):
            raise ValidationError("Two lines have the same address.")
        return tuple(pairs)

    @staticmethod
    def _pair(line: str) -> tuple[str, str]:
        name, _, email = (part.strip() for part in line.rpartition(","))
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(f"“{line}”: please write a name, a comma and an e-mail address.") from error
        if not name or len(name) > 200:
            raise ValidationError(f"“{line}”: please write the name before the comma.")
        return name, email.lower()


class OfferForm(forms.Form):
    """An offer to mentor, of about ten minutes."""

    stream_name = CleanCharField(
        label="Name of your stream", max_length=120, help_text="As applicants would read it: “Interpretability, Ada”."
    )
    agenda = CleanCharField(max_length=120, help_text="In a few words: “scalable oversight”.")
    track = forms.ModelChoiceField(
        queryset=Track.objects.none(), required=False, empty_label="none of these", to_field_name="pk"
    )
    viewpoint = CleanCharField(
        max_length=60, required=False, help_text="A tag for how you see the problem: the cohort wants disagreement."
    )
    plan = CleanTextField(
        label="What would scholars work on with you, and how would you mentor them?",
        max_length=8000,
        help_text="If you are given seats, this becomes the description of your stream. You can change it then.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    seats_asked = forms.IntegerField(label="Scholars you would take", min_value=1, max_value=MOST_SEATS)
    hours = forms.IntegerField(label="Hours a week you have for them, together", min_value=1, max_value=60)
    co_mentors = CoMentorsField(
        label="Who would mentor with you?",
        required=False,
        max_length=2000,
        help_text="One a line: name, e-mail address. They are invited if the stream is given seats.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["track"].queryset = Track.objects.filter(cohort=cohort)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(candidacy: Candidacy) -> dict[str, Any]:
        """A candidacy as the form shows it."""
        names = ("stream_name", "agenda", "viewpoint", "plan", "seats_asked", "hours")
        co_mentors = "\n".join(f"{one.name}, {one.email}" for one in candidacy.co_mentors.all())
        values = {name: getattr(candidacy, name) for name in names}
        return values | {"track": candidacy.track_id, "co_mentors": co_mentors}

    @property
    def proposal(self) -> Proposal:
        """What was written; for a valid form."""
        return Proposal(**self.cleaned_data)


class CandidateForm(forms.Form):
    """Whom to ask whether they would mentor."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    name = CleanCharField(max_length=200, required=False, help_text="For the greeting, if they have no account yet.")


class AskForm(forms.Form):
    """Which experts, and how many opinions on each candidacy."""

    opinions = forms.IntegerField(label="Experts for each candidacy", min_value=1, max_value=10, initial=3)
    experts = forms.MultipleChoiceField(label="Whom to ask", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self._people = {person.code: person for person in people}
        choices = [(code, person.name) for code, person in self._people.items()]
        self.fields["experts"].choices = choices  # type: ignore[attr-defined]

    def clean_experts(self) -> list[Person]:
        """The people themselves."""
        return [self._people[code] for code in self.cleaned_data["experts"]]


class RatingForm(forms.Form):
    """An expert's opinion."""

    value = forms.TypedChoiceField(
        label="Would you have them in the cohort?",
        choices=[(str(point), str(point)) for point, _ in enumerate(ANCHORS, LOWEST)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a point from 1 to 5."},
    )
    seats = forms.IntegerField(
        label="Seats you would give", min_value=0, max_value=MOST_SEATS, required=False, help_text="Empty: no opinion."
    )
    comment = CleanTextField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["value"].anchors = dict(enumerate(ANCHORS, LOWEST))  # type: ignore[attr-defined]


class TieForm(forms.Form):
    """Which tie it is."""

    kind = forms.ChoiceField(choices=ConflictKind.choices, label="How are you tied?", widget=forms.RadioSelect)


class DecisionForm(forms.Form):
    """What staff write down for one candidacy."""

    seats = forms.IntegerField(
        label="Seats given", min_value=0, max_value=MOST_SEATS, required=False, help_text="Empty: undecided. 0: none."
    )
    stream_name = CleanCharField(label="Name of the stream", max_length=120)
    word = CleanTextField(
        label="What the candidate is told beside the decision",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SeatsForm(forms.Form):
    """The seats of every candidacy that waits, in one list: fields `seats_<code>`, empty for undecided."""

    def __init__(self, *args: Any, candidacies: Sequence[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.codes = [one.code for one in candidacies]
        for one in candidacies:
            self.fields[f"seats_{one.code}"] = forms.IntegerField(
                label=f"Seats for {one.stream_name}",
                min_value=0,
                max_value=MOST_SEATS,
                required=False,
                initial=one.seats_given,
                error_messages={"invalid": "Seats are a whole number."},
            )

    @property
    def seats(self) -> dict[str, int | None]:
        """The numbers by the candidacy's code; only of rows that were sent. For a valid form."""
        return {code: self.cleaned_data[f"seats_{code}"] for code in self.codes if f"seats_{code}" in self.data}
