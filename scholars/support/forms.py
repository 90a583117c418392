"""What can be written behind the closed door."""

from __future__ import annotations

from typing import Any

from django import forms

from mats_portal.web.codes import new_code
from mats_portal.web.forms import CleanTextField, SensibleDateTimeField
from scholars.support.models import CODE_LENGTH
from scholars.support.services.requests import Ending
from scholars.support.states import Closing, RequestKind

LONGEST = 20_000


class KeyedForm(forms.Form):
    """A form whose hidden key makes a double click one act."""

    form_key = forms.SlugField(max_length=CODE_LENGTH, widget=forms.HiddenInput, initial=new_code, required=False)

    def clean_form_key(self) -> str:
        """The key that came with the form, or a new one."""
        return self.cleaned_data["form_key"] or new_code()


class AskForm(KeyedForm):
    """What a scholar asks support."""

    kind = forms.ChoiceField(label="What would help?", choices=RequestKind.choices, widget=forms.RadioSelect)
    text = CleanTextField(
        label="What is it about?",
        help_text="As much or as little as you like. Your mentor and the programme staff never see it.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class NoteForm(KeyedForm):
    """A note on a request."""

    text = CleanTextField(label="Note", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class PlanForm(forms.Form):
    """When to meet, when to ask again."""

    meet_at = SensibleDateTimeField(label="Meet at", required=False)
    follow_up_on = forms.DateField(
        label="Ask again on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = f"Time in {zone}. The scholar sees it."
        self.fields["meet_at"] = SensibleDateTimeField(label="Meet at", required=False, zone=zone, help_text=help_text)

    def clean_follow_up_on(self) -> Any:
        """A day within the years the portal knows."""
        day = self.cleaned_data["follow_up_on"]
        if day is not None and not 1900 <= day.year < 2200:
            raise forms.ValidationError("Please choose a day of this century.")
        return day


class HandOverForm(forms.Form):
    """Who goes on with a request."""

    to = forms.ChoiceField(label="Hand over to")

    def __init__(self, *args: Any, colleagues: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a colleague"), *colleagues.items()]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """How a request ended."""

    closing = forms.ChoiceField(label="How did it end?", choices=Closing.choices, widget=forms.RadioSelect)
    hours_saved = forms.DecimalField(
        label="Hours saved",
        required=False,
        min_value=0,
        max_value=999,
        decimal_places=1,
        help_text="As the scholar estimates it. Counted only in sums of five or more.",
    )

    def ending(self) -> Ending:
        """The checked input as the service takes it."""
        return Ending(Closing(self.cleaned_data["closing"]), self.cleaned_data["hours_saved"])


class BreakGlassForm(forms.Form):
    """Whose notes, with whom, and why."""

    scholar = forms.ChoiceField(label="Whose notes")
    second = forms.ChoiceField(label="Second person", help_text="They confirm; both can then read for 24 hours.")
    reason = CleanTextField(
        label="Reason",
        help_text="The scholar reads this, and both names.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, scholars: dict[str, str], seconds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scholar"].choices = [("", "Choose a scholar"), *scholars.items()]  # type: ignore[attr-defined]
        self.fields["second"].choices = [("", "Choose a person"), *seconds.items()]  # type: ignore[attr-defined]
