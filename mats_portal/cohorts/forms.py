"""Forms of a cohort's staff pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify

from mats_portal.cohorts.deadlines import ANYWHERE_ON_EARTH
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import INVITED_ROLES, CohortRole, NamesOpen
from mats_portal.people.models import Person
from mats_portal.web.forms import CleanCharField, CleanTextField, SensibleDateField
from mats_portal.web.zones import official_zone_choices

RESERVED_SLUGS = {"new"}
# Scholars and alumni come and go by other acts: an offer, the end of the programme.
ROLE_CHOICES = [(role.value, role.label) for role in INVITED_ROLES]

BLIND = (
    "Until then a neutral name stands in every list and on every page, and the CV, reference letters, links, e-mail "
    "addresses and files are kept back with it. What applicants write in their own words can still tell who they are: "
    "ask them in the questions not to name themselves. Programme staff always see names."
)


class CohortForm(forms.Form):
    """What a cohort is called and how it is shown."""

    name = CleanCharField(max_length=100, help_text="As people say it: “Summer 2026”.")
    site = CleanCharField(label="Where it meets in person", max_length=100, required=False)
    welcome = CleanTextField(
        label="What the public page says",
        required=False,
        help_text="What this cohort is about, for somebody who has never heard of it. Blank lines make paragraphs.",
    )
    zone = forms.ChoiceField(label="Official time zone", choices=official_zone_choices, initial=ANYWHERE_ON_EARTH)
    seats = forms.IntegerField(label="Seats over all streams", min_value=0, max_value=5000, initial=60)
    max_preferences = forms.IntegerField(
        label="Streams one may choose", min_value=1, max_value=100, initial=20, help_text="At most, per application."
    )
    scholar_noun = CleanCharField(
        label="What you call those who are chosen", max_length=30, initial="scholar", help_text="One word, singular."
    )
    names_open = forms.ChoiceField(
        label="Reviewers and mentors see applicants’ names",
        choices=NamesOpen.choices,
        initial=NamesOpen.ALWAYS,
        help_text=BLIND,
    )
    is_public = forms.BooleanField(label="Everybody can see the public page", required=False)


class NewCohortForm(forms.Form):
    """A new cohort: its name, and the day from which all its dates are proposed."""

    name = CleanCharField(max_length=100, help_text="As people say it: “Summer 2026”.")
    slug = forms.SlugField(
        label="Short name in addresses", max_length=60, required=False, help_text="Made from the name if left empty."
    )
    zone = forms.ChoiceField(label="Official time zone", choices=official_zone_choices, initial=ANYWHERE_ON_EARTH)
    in_person_on = SensibleDateField(
        label="In-person phase starts on",
        required=False,
        help_text="All other dates are proposed from it; you can change each afterwards.",
    )
    copied_from = forms.ModelChoiceField(
        label="Like an earlier cohort",
        queryset=Cohort.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="no, the usual dates",
        help_text="Takes its tracks, and its dates moved to the new start.",
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copied_from"].queryset = cohorts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Fill the short name in, and keep it from an address of ours."""
        data: dict[str, Any] = self.cleaned_data
        data["slug"] = data.get("slug") or slugify(data.get("name", ""))[:60]
        if not data["slug"] or data["slug"] in RESERVED_SLUGS:
            self.add_error("slug", "Please give a short name of letters, digits and hyphens.")
        if data.get("copied_from") and not data.get("in_person_on"):
            self.add_error("in_person_on", "Please give the day, so that the earlier dates can be moved.")
        return data


class StreamForm(forms.Form):
    """A stream and its seats."""

    name = CleanCharField(max_length=120)
    track_name = CleanCharField(
        label="Track",
        max_length=100,
        required=False,
        help_text="Streams that work alike; a new name makes a new track.",
    )
    seats = forms.IntegerField(min_value=0, max_value=500, initial=4)
    agenda = CleanCharField(max_length=120, required=False, help_text="In a few words: “interpretability”.")
    viewpoint = CleanCharField(max_length=60, required=False)
    description = CleanTextField(required=False, help_text="What applicants read before they choose.")

    @classmethod
    def values_of(cls, stream: Stream) -> dict[str, Any]:
        """A stream as the form shows it."""
        values = {name: getattr(stream, name) for name in ("name", "seats", "agenda", "viewpoint", "description")}
        return values | {"track_name": stream.track.name if stream.track else ""}


class InviteForm(forms.Form):
    """Somebody to take a role in the cohort."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    name = CleanCharField(max_length=200, required=False, help_text="For the greeting, if they have no account yet.")
    role = forms.TypedChoiceField(choices=ROLE_CHOICES, coerce=CohortRole, initial=CohortRole.REVIEWER)
    stream = forms.ModelChoiceField(
        queryset=Stream.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="no stream",
        help_text="For mentors.",
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(cohort=cohort)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only mentors are invited to a stream."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("role") == CohortRole.MENTOR and not data.get("stream"):
            self.add_error("stream", "Please choose the mentor’s stream.")
        if data.get("role") != CohortRole.MENTOR:
            data["stream"] = None
        return data


class ExplainForm(forms.Form):
    """Whose eyes, and which page."""

    person = forms.EmailField(label="Who", max_length=254, help_text="The e-mail address of their account.")
    address = CleanCharField(label="Which page", max_length=2_000, help_text="From the address bar of your browser.")

    def clean_person(self) -> Person:
        """The account with this address."""
        person = Person.objects.filter(email__iexact=self.cleaned_data["person"]).first()
        if person is None:
            raise forms.ValidationError("No account has this address. Is it the one they sign in with?")
        return person


class EndForm(forms.Form):
    """Which membership of a person ends, and why."""

    role = forms.TypedChoiceField(choices=ROLE_CHOICES, coerce=CohortRole)
    stream = forms.CharField(max_length=16, required=False)
    reason = CleanCharField(max_length=200, required=False)
