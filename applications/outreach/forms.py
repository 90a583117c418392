"""The interest form, and a channel."""

from typing import Any

from django import forms

from applications.outreach.models import Channel
from applications.outreach.selectors import listed_channels
from mats_portal.web.forms import CleanCharField, CleanTextField


class InterestForm(forms.Form):
    """Under a minute: who, how you heard, whether to remind."""

    name = CleanCharField(label="Full name", max_length=200)
    email = forms.EmailField(label="E-mail", max_length=254)
    channels = forms.MultipleChoiceField(
        label="How did you hear about us?",
        help_text="Choose all that apply.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = CleanTextField(
        label="Anything else?", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    wants_reminders = forms.BooleanField(label="Remind me by mail before applications close", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self._channels = {channel.code: channel for channel in listed_channels()}
        choices = [(code, channel.name) for code, channel in self._channels.items()]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """An address is one address however it is capitalised."""
        return str(self.cleaned_data["email"]).lower()

    def clean_channels(self) -> list[Channel]:
        """The channels themselves."""
        return [self._channels[code] for code in self.cleaned_data["channels"]]


class ChannelForm(forms.Form):
    """A channel of the list."""

    name = CleanCharField(label="Name", max_length=100)
    is_community = forms.BooleanField(
        label="Community channel",
        help_text="It reaches people who already care about AI safety.",
        required=False,
    )
    is_listed = forms.BooleanField(label="Offered on the forms", required=False, initial=True)
