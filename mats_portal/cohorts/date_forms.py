"""Forms of a cohort's dates: all milestones, and more time for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mats_portal.cohorts.deadlines import last_minute
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CLOSING_KINDS, GRACE_KINDS, STREAM_KINDS, MilestoneKind
from mats_portal.people.models import Person
from mats_portal.web.components.moments import say
from mats_portal.web.forms import CleanTextField, SensibleDateTimeField


class ClosingField(SensibleDateTimeField):
    """When something closes. 23:59 means the end of that day: the instant kept is the midnight after it."""

    def prepare_value(self, value: Any) -> Any:
        """Midnight shown as 23:59 of the day that ends."""
        return super().prepare_value(last_minute(value, self.zone.key) if isinstance(value, datetime) else value)

    def to_python(self, value: Any) -> datetime | None:
        """The exclusive instant."""
        at = super().to_python(value)
        if at is not None and (at.hour, at.minute) == (23, 59):
            return at + timedelta(minutes=1)
        return at


def milestone_field(kind: MilestoneKind, zone: str, **kwargs: Any) -> SensibleDateTimeField:
    """The field for a milestone, in the official zone."""
    field = ClosingField if kind in CLOSING_KINDS else SensibleDateTimeField
    return field(zone=zone, label=kind.label, **kwargs)


class DatesForm(forms.Form):
    """All milestones of a cohort, in its official zone."""

    is_shortening_confirmed = forms.BooleanField(label="Yes, take time away that people were promised", required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in MilestoneKind:
            self.fields[kind.value] = milestone_field(kind, cohort.zone, required=False)
            if at := self.initial.get(kind.value):
                self.fields[kind.value].help_text = self._words(kind, at, cohort.zone)
        for kind in GRACE_KINDS:
            self.fields[f"{kind}_grace"] = forms.IntegerField(
                label=f"Grace after “{kind.label}”, in minutes",
                min_value=0,
                max_value=60,
                required=False,
                help_text="What comes in these minutes is taken, and marked. Nobody who hands in is told of them.",
            )
        self.order_fields([*MilestoneKind.values, "is_shortening_confirmed"])

    @staticmethod
    def _words(kind: MilestoneKind, at: datetime, zone: str) -> str:
        """The moment in the reader's zone, to compare with the official one that is typed."""
        return f"{say(last_minute(at, zone) if kind in CLOSING_KINDS else at)} in your time"

    @property
    def dates(self) -> dict[MilestoneKind, datetime | None]:
        """What was typed, for a valid form; a moment left as it was keeps its seconds, which the form does not show."""
        return {
            kind: self.initial[kind.value] if self._is_as_it_was(kind) else self.cleaned_data[kind.value]
            for kind in MilestoneKind
        }

    def _is_as_it_was(self, kind: MilestoneKind) -> bool:
        if not (at := self.initial.get(kind.value)):
            return False
        shown = self.fields[kind.value].prepare_value(at)
        return f"{shown:%Y-%m-%dT%H:%M}" == str(self.data.get(kind.value))

    @property
    def grace(self) -> dict[MilestoneKind, int]:
        """The minutes typed, for a valid form; a field that was not sent changes nothing."""
        sent = {kind: self.cleaned_data[f"{kind}_grace"] for kind in GRACE_KINDS}
        return {kind: minutes for kind, minutes in sent.items() if minutes is not None}

    def grace_fields(self) -> Iterator[Any]:
        """The bound fields of the minutes of grace."""
        return (self[f"{kind}_grace"] for kind in GRACE_KINDS)

    def milestone_fields(self) -> Iterator[Any]:
        """The bound fields of the milestones, in their usual order."""
        return (self[kind.value] for kind in MilestoneKind)


class ExtensionForm(forms.Form):
    """More time for one person, or for everyone of a stream."""

    email = forms.EmailField(
        label="Whose", help_text="The e-mail address of one person’s account.", max_length=254, required=False
    )
    stream = forms.ModelChoiceField(
        label="Or everyone’s of a stream",
        queryset=Stream.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="no stream: one person’s",
        help_text="Its applicants, mentors or scholars, whoever the deadline is for.",
    )
    kind = forms.TypedChoiceField(
        label="Which deadline",
        choices=[(kind.value, kind.label) for kind in MilestoneKind if kind in CLOSING_KINDS],
        coerce=MilestoneKind,
    )
    reason = CleanTextField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = ClosingField(zone=cohort.zone, label="Until", help_text="In the official zone.")
        self.fields["stream"].queryset = Stream.objects.filter(cohort=cohort)  # type: ignore[attr-defined]
        self.order_fields(["email", "stream", "kind", "at", "reason"])

    def clean_email(self) -> Person | None:
        """The person with that address."""
        if not (address := self.cleaned_data["email"].lower()):
            return None
        person = Person.objects.filter(email=address).first()
        if person is None:
            raise ValidationError("Nobody here has this address. Check it for slips.")
        return person

    def clean(self) -> dict[str, Any]:
        """One person or one stream, and for a stream a deadline that streams have."""
        data: dict[str, Any] = self.cleaned_data
        if "email" in data and bool(data["email"]) == bool(data.get("stream")):
            self.add_error("email", "Give the address of one person, or choose a stream; not both.")
        if data.get("stream") and data.get("kind") not in (*STREAM_KINDS, None):
            names = ", ".join(f"“{kind.label}”" for kind in STREAM_KINDS)
            self.add_error("kind", f"For a stream one of these: {names}.")
        return data
