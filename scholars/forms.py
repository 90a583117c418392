"""Answering an offer; moving, ending and finishing scholars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from mats_portal.cohorts.models import Stream
from mats_portal.web.forms import CleanTextField
from scholars.models import Scholar
from scholars.states import SwitchReason


class DeclineForm(forms.Form):
    """Why the seat is given back, if the person likes to say."""

    reason = CleanTextField(
        label="Would you like to say why?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SwitchForm(forms.Form):
    """Where a scholar changes to, and why."""

    target = forms.ChoiceField(label="New stream")
    reason = forms.ChoiceField(label="Reason", choices=[("", "Choose a reason"), *SwitchReason.choices])
    note = CleanTextField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, streams: Iterable[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, f"{one} ({one.seats - one.seats_taken} of {one.seats} free)") for one in streams]
        self.fields["target"].choices = [("", "Choose a stream"), *choices]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why somebody leaves early."""

    reason = CleanTextField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class FinishForm(forms.Form):
    """Who becomes an alumna or alumnus; the number typed guards against a slip."""

    scholars = forms.MultipleChoiceField(label="Scholars", widget=forms.CheckboxSelectMultiple)
    count = forms.IntegerField(label="How many did you choose?", min_value=1, max_value=10_000)

    def __init__(self, *args: Any, scholars: Iterable[Scholar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, f"{one.person}, {one.stream}") for one in scholars]
        self.fields["scholars"].choices = choices  # type: ignore[attr-defined]


class MentorlessForm(forms.Form):
    """A stream that may enrol without a mentor, and why."""

    stream = forms.ChoiceField(label="Stream")
    reason = CleanTextField(label="Why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, streams: Iterable[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = [(one.code, str(one)) for one in streams]  # type: ignore[attr-defined]
