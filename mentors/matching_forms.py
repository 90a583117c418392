"""What people type into the pages of the matching's rules and of what-ifs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person
from mats_portal.rubrics.models import HIGHEST, LOWEST
from mats_portal.web.forms import CleanCharField, CleanTextField
from mentors.selectors.floor import applications_below

MOST_SEATS = 500


def _streams(streams: Sequence[Stream], empty: str = "Choose a stream") -> list[tuple[str, str]]:
    return [("", empty), *((stream.code, stream.name) for stream in streams)]


class Ask(forms.Form):
    """One thing to change; `name` is what the run is called."""

    kind, label = "", ""
    name = CleanCharField(max_length=120, required=False, label="Name", help_text="Empty: what was changed.")

    def __init__(self, *args: Any, cohort: Cohort, streams: Sequence[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": f"{self.kind}_%s"} | kwargs)
        self.cohort, self.streams = cohort, streams
        self.order_fields([name for name in self.fields if name != "name"])
        if "stream" in self.fields:
            self.fields["stream"].choices = _streams(streams)  # type: ignore[attr-defined]

    def change(self) -> dict[str, Any]:
        """The change as `mentors.market` understands it."""
        return {"kind": self.kind, **{name: value for name, value in self.cleaned_data.items() if name != "name"}}


class AskSeats(Ask):
    """Another number of seats."""

    kind, label = "seats", "Seats of a stream"
    stream = forms.ChoiceField(label="Stream")
    seats = forms.IntegerField(min_value=0, max_value=MOST_SEATS, label="Seats in all")


class AskCeiling(Ask):
    """Another ceiling."""

    kind, label = "ceiling", "Seats of the cohort"
    seats = forms.IntegerField(min_value=0, max_value=10 * MOST_SEATS, label="Seats in all")


class AskLeaves(Ask):
    """A mentor leaves."""

    kind, label = "leaves", "A mentor leaves"
    person = forms.ChoiceField(label="Mentor")

    def __init__(self, *args: Any, mentors: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a person"), *((mentor.code, mentor.name) for mentor in mentors)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class AskBar(Ask):
    """Another bar."""

    kind, label = "bar", "A stream’s bar"
    stream = forms.ChoiceField(label="Stream")
    would_take = forms.IntegerField(
        min_value=0, max_value=10_000, label="Takes the first", help_text="Of those in its ranking who are still free."
    )


class AskOrder(Ask):
    """Another order of one applicant."""

    kind, label = "order", "An applicant’s order"
    application = CleanCharField(max_length=16, label="Application", help_text="Its code, as on its page.")
    stream = forms.ChoiceField(label="Stream")
    choice = forms.IntegerField(min_value=0, max_value=100, label="As choice", help_text="1 is best; 0: off the list.")


class AskFixed(Ask):
    """A pair fixed by decision."""

    kind, label = "fixed", "A fixed pair"
    application = CleanCharField(max_length=16, label="Application", help_text="Its code, as on its page.")
    stream = forms.ChoiceField(label="Stream")


class AskFloor(Ask):
    """A floor on motivation that bars."""

    kind, label = "floor", "A floor on motivation"
    points = forms.DecimalField(
        min_value=LOWEST, max_value=HIGHEST, max_digits=3, decimal_places=2, label="Mean motivation at least"
    )

    def change(self) -> dict[str, Any]:
        """With who is under that floor now."""
        points = self.cleaned_data["points"]
        below = sorted(applications_below(self.cohort, points).values_list("code", flat=True))
        return {"kind": self.kind, "points": f"{points.normalize():f}", "below": below}


ASKS: tuple[type[Ask], ...] = (AskSeats, AskCeiling, AskLeaves, AskBar, AskOrder, AskFixed, AskFloor)


class ShareForm(forms.Form):
    """Streams that share seats."""

    name = CleanCharField(max_length=100, label="Name", help_text="As staff call it.")
    seats = forms.IntegerField(min_value=0, max_value=MOST_SEATS, label="Seats together")
    streams = forms.MultipleChoiceField(label="Streams", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, streams: Sequence[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["streams"].choices = _streams(streams)[1:]  # type: ignore[attr-defined]


class MinimumForm(forms.Form):
    """How many scholars each stream needs; one field for each, `minimum_<code>`."""

    def __init__(self, *args: Any, streams: Sequence[Stream], minimums: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.streams = streams
        for stream in streams:
            self.fields[f"minimum_{stream.code}"] = forms.IntegerField(
                min_value=0, max_value=MOST_SEATS, label=stream.name, initial=minimums.get(stream.code, 0)
            )

    def minimums(self) -> dict[str, int]:
        """By the stream's code."""
        return {stream.code: self.cleaned_data[f"minimum_{stream.code}"] for stream in self.streams}


class FixForm(forms.Form):
    """A pair to be fixed by decision; the reason is asked for with the preview."""

    application = CleanCharField(max_length=16, label="Application", help_text="Its code, as on its page.")
    stream = forms.ChoiceField(label="Stream")
    expected = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    reason = CleanTextField(required=False, max_length=1000, label="Reason", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, streams: Sequence[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["stream"].choices = _streams(streams)  # type: ignore[attr-defined]


class FloorForm(forms.Form):
    """The floor on motivation, and why."""

    points = forms.DecimalField(
        required=False,
        min_value=LOWEST,
        max_value=HIGHEST,
        max_digits=3,
        decimal_places=2,
        label="Mean motivation at least",
        help_text="From 1 to 5; empty for no floor.",
    )
    reason = CleanTextField(max_length=1000, label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


def application_of(cohort: Cohort, code: str, hidden: Any) -> Application | None:
    """The submitted application of that code, unless it is among the hidden ones."""
    found = Application.objects.submitted().in_cohort(cohort).filter(code=code.strip().lower())
    return found.exclude(pk__in=hidden).select_related("person", "cohort").first()
