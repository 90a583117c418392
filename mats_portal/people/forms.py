"""Forms about oneself, and the search for people."""

from typing import Any

from django import forms
from django.http import HttpRequest

from mats_portal.people.models import Person
from mats_portal.people.states import Role
from mats_portal.web.forms import CleanCharField
from mats_portal.web.zones import zone_choices


class ZoneField(forms.ChoiceField):
    """A select of time zones. With `guess`, the page chooses the reader's own beforehand (`data-zone-guess`)."""

    def __init__(self, *, guess: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Your time zone")
        kwargs.setdefault("help_text", "Deadlines are shown in it, beside the official time.")
        super().__init__(choices=zone_choices, **kwargs)
        if guess:
            self.widget.attrs["data-zone-guess"] = ""


class SignUpDetails(forms.Form):
    """What sign-up asks beside the address and a password."""

    name = CleanCharField(
        label="Full name",
        max_length=200,
        help_text="As you would like to be called.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = ZoneField(guess=True, initial="UTC")

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the answers on the new person (called by the sign-up flow)."""
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "time_zone"])


class ProfileForm(forms.Form):
    """Name and time zone."""

    name = CleanCharField(label="Full name", max_length=200, help_text="As you would like to be called.")
    time_zone = ZoneField()


class PeopleFilter(forms.Form):
    """The search for people, by a part of the name or the address."""

    q = CleanCharField(label="Name or e-mail address", max_length=100, required=False)


class RoleForm(forms.Form):
    """A role that holds in the whole portal."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=Role, label="Role in the whole portal")
