"""What somebody does now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from mats_portal.web.codes import new_code
from mats_portal.web.forms import CleanCharField, CleanTextField
from scholars.alumni.services import Doing
from scholars.alumni.states import Category, Method

EARLIEST = date(2000, 1, 1)


class KeyForm(forms.Form):
    """Carries the key that makes a double click one act."""

    form_key = forms.SlugField(max_length=16, widget=forms.HiddenInput, initial=new_code, required=False)

    def clean_form_key(self) -> str:
        """The key that came with the form, or a new one."""
        return self.cleaned_data["form_key"] or new_code()


class OutcomeForm(KeyForm):
    """What an alumna or alumnus says."""

    category = forms.ChoiceField(
        label="What fits best?",
        choices=[(one.value, one.label) for one in Category if one != Category.UNKNOWN],
        widget=forms.RadioSelect,
    )
    organisation = CleanCharField(label="Where?", required=False, max_length=200)
    note = CleanTextField(
        label="Anything else?", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def doing(self) -> Doing:
        """The checked input as the service takes it, as of today in the reader's zone."""
        given = self.cleaned_data
        day = given.get("as_of") or timezone.localdate()
        return Doing(Category(given["category"]), day, given["organisation"], given["note"])


class RecordForm(OutcomeForm):
    """What staff know of somebody, and how."""

    method = forms.ChoiceField(
        label="How do you know?", choices=[(one.value, one.label) for one in (Method.PROFILE, Method.STAFF)]
    )
    as_of = forms.DateField(label="As of", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = Category.choices  # type: ignore[attr-defined]
        self.fields["as_of"].initial = timezone.localdate
        self.order_fields(["category", "method", "as_of", "organisation", "note"])

    def clean_as_of(self) -> date:
        """A day of this century that has come."""
        day: date = self.cleaned_data["as_of"]
        if not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError("Please give a day that has come, from the year 2000 on.")
        return day
