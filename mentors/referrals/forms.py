"""What applicants and staff type about referrals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mats_portal.web.forms import CleanCharField, CleanTextField
from mentors.referrals.models import Organisation


class ChoiceForm(forms.Form):
    """The organisations that an applicant agrees to; none is chosen for them."""

    organisations = forms.MultipleChoiceField(
        label="I agree to be named to", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, listed: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [(one.code, f"{one.name}: {one.purpose}") for one in listed]
        self.fields["organisations"].choices = choices  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """An organisation for the list."""

    name = CleanCharField(max_length=120)
    email = forms.EmailField(label="E-mail address of whoever reads it there", max_length=254)
    purpose = CleanCharField(
        label="What they look for", max_length=300, help_text="Applicants read this before they agree."
    )


class ReferralForm(forms.Form):
    """To whom, and what is said."""

    organisation = forms.ChoiceField(label="To", widget=forms.RadioSelect)
    text = CleanTextField(
        label="What you would tell a colleague of their work",
        max_length=3000,
        help_text="The applicant reads it first. Say what you saw, and what they would be good at.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, agreed: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.listed = {one.code: one for one in agreed}
        choices = [(one.code, one.name) for one in agreed]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organisation"].initial = choices[0][0]

    def clean_organisation(self) -> Organisation:
        """The organisation itself."""
        return self.listed[self.cleaned_data["organisation"]]
