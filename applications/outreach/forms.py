"""The interest form, a recommendation, an action, a link, and a channel."""

from typing import Any

from django import forms

from applications.outreach.models import Channel, Link
from applications.outreach.selectors import all_channels, listed_channels
from applications.outreach.specs import Deed, Named
from applications.outreach.states import Target
from mats_portal.web.forms import CleanCharField, CleanTextField, SensibleDateField


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


class RecommendationForm(forms.Form):
    """Whom, why, and who says so."""

    name = CleanCharField(label="Whom do you recommend?", max_length=200)
    email = forms.EmailField(label="Their e-mail", max_length=254)
    why = CleanTextField(
        label="Why?",
        help_text="Only programme staff read this. It is not part of an application.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    by_name = CleanCharField(label="Your full name", max_length=200, help_text="We tell them who thought of them.")
    by_email = forms.EmailField(label="Your e-mail", max_length=254)

    def clean(self) -> dict[str, Any]:
        """Somebody else: whoever thinks of themselves can apply."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("email") and str(found["email"]).lower() == str(found.get("by_email")).lower():
            self.add_error("email", "This is your own address. If you would like to come yourself, apply.")
        return found

    @property
    def named(self) -> Named:
        """What was written; for a valid form."""
        return Named(**self.cleaned_data)


class _OfChannel(forms.Form):
    """A form that names one of the channels."""

    channel = forms.ChoiceField(label="Channel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self._channels = {channel.code: channel for channel in all_channels()}
        choices = [(code, channel.name) for code, channel in self._channels.items()]
        self.fields["channel"].choices = [("", "Choose a channel"), *choices]  # type: ignore[attr-defined]

    def clean_channel(self) -> Channel:
        """The channel itself."""
        return self._channels[self.cleaned_data["channel"]]


class LinkForm(_OfChannel):
    """A tracked link: of which channel, to where, put where."""

    target = forms.ChoiceField(label="Where it leads", choices=Target.choices)
    label = CleanCharField(label="Where you put it", max_length=200, help_text="For staff: “pinned post, 3 May”.")


class ActionForm(_OfChannel):
    """Something that was done to be heard of."""

    on = SensibleDateField(label="Day")
    audience = CleanCharField(label="Who it reaches", max_length=200)
    note = CleanTextField(label="Note", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.ChoiceField(label="With the link", required=False)
    field_order = ("on", "channel", "audience", "note", "link")

    def __init__(self, *args: Any, links: list[Link], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._links = {link.code: link for link in links}
        choices = [(code, f"{link} ({link.channel})") for code, link in self._links.items()]
        self.fields["link"].choices = [("", "None"), *choices]  # type: ignore[attr-defined]

    def clean_link(self) -> Link | None:
        """The link itself."""
        return self._links.get(self.cleaned_data["link"])

    @property
    def deed(self) -> Deed:
        """What was written; for a valid form."""
        return Deed(**self.cleaned_data)
