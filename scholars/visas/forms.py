"""What the scholar and staff say of a visa."""

from __future__ import annotations

from typing import Any

from django import forms

from mats_portal.web.forms import SensibleDateField
from scholars.visas.models import Visa
from scholars.visas.services import Steps
from scholars.visas.states import Need


class VisaForm(forms.Form):
    """The scholar's own page: the answer, and what became of the application."""

    need = forms.ChoiceField(label="A visa for the in-person phase", choices=Need.choices, widget=forms.RadioSelect)
    filed_on = SensibleDateField(label="Applied for on", required=False)
    granted_on = SensibleDateField(label="Granted on", required=False)
    refused_on = SensibleDateField(label="Refused on", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, visa: Visa | None, **kwargs: Any) -> None:
        names = ("need", "letter_on", "filed_on", "granted_on", "refused_on")
        initial = {name: getattr(visa, name) for name in names} if visa else {}
        initial["seen"] = visa.moment if visa else ""
        super().__init__(*args, **{"label_suffix": "", "initial": initial} | kwargs)
        self.visa = visa

    @property
    def shown_at(self) -> str | None:
        """Of what was shown when this was typed; None where the page did not say."""
        return self.cleaned_data["seen"] if "seen" in self.data else None

    def steps(self) -> Steps:
        """What was said; the letter's day stays as it was where the form does not ask for it."""
        given = dict(self.cleaned_data)
        given.pop("seen")
        need = Need(given.pop("need"))
        before = self.visa.letter_on if self.visa and need == Need.NEEDED else None
        return Steps(need, **{"letter_on": before} | given)


class StaffVisaForm(VisaForm):
    """The page of staff: the letter of invitation, too."""

    letter_on = SensibleDateField(label="Letter of invitation sent on", required=False)
    field_order = ("need", "letter_on", "filed_on", "granted_on", "refused_on", "seen")
