"""Upload a file and say what its columns are; name a referee; write a letter; add a CV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from applications.imports.mapping import IGNORED, Target
from applications.services.files import MOST_UPLOADED
from applications.states import ImportKind, ReferenceKind
from mats_portal.web.forms import CleanCharField, CleanTextField
from mats_portal.web.middleware import zone_or_utc

MOST_AT_A_GLANCE = 50  # applications that a bulk action may concern without typing their number


class UploadForm(forms.Form):
    """A file, and what it is a file of."""

    kind = forms.ChoiceField(label="What is in it", choices=ImportKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label="File",
        help_text="CSV (UTF-8) or XLSX, as your other tools export it. The first line names the columns.",
        error_messages={"empty": "The file is empty.", "required": "Choose a file."},
    )
    zone = CleanCharField(
        label="Time zone of its dates",
        initial="UTC",
        max_length=64,
        help_text="Where a date names no zone of its own, such as America/Los_Angeles.",
    )

    def clean_file(self) -> Any:
        """At most 20 MB; larger ones go through the command line."""
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOADED:
            raise forms.ValidationError(
                f"The file is larger than {MOST_UPLOADED // 1024 // 1024} MB. Split it, and import the parts."
            )
        return file

    def clean_zone(self) -> str:
        """An IANA name."""
        name: str = self.cleaned_data["zone"]
        if zone_or_utc(name).key != name:
            raise forms.ValidationError("This is not the name of a time zone. UTC and Europe/London are.")
        return name


class MappingForm(forms.Form):
    """For each column what it holds; fields `column_0`, `column_1` …"""

    def __init__(
        self, *args: Any, headers: Sequence[str], targets: Sequence[Target], mapping: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        choices = [(IGNORED, "Leave it out"), *((target.name, target.title) for target in targets)]
        for place, header in enumerate(headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or f"Column {place + 1}",
                choices=choices,
                required=False,
                initial=mapping[place] if place < len(mapping) else IGNORED,
            )

    @property
    def mapping(self) -> list[str]:
        """The names of the targets, column by column; for a valid form."""
        return [str(self.cleaned_data[name]) for name in self.fields]


_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


class RefereeForm(forms.Form):
    """Who is asked, and where they come from."""

    name = CleanCharField(label="Name", max_length=100)
    email = forms.EmailField(
        label="E-mail", max_length=254, help_text="A link goes there, which opens this one letter."
    )
    kind = forms.ChoiceField(label="Where they work", choices=ReferenceKind.choices)

    def clean_name(self) -> str:
        """A name, and no address that a letter from us would carry to somebody."""
        name: str = self.cleaned_data["name"]
        if _ADDRESS.search(name):
            raise forms.ValidationError("Give the name alone, without an address.")
        return name


class AskForm(forms.Form):
    """Why somebody should be let through in spite of an answer."""

    words = CleanTextField(
        label="What should we know?",
        required=False,
        max_length=2_000,
        help_text="A line is enough.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class LetThroughForm(forms.Form):
    """Why staff let somebody apply whose answers stopped them."""

    reason = CleanCharField(label="Why", max_length=300, help_text="Kept in the journal; the person gets a letter.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class LetterForm(forms.Form):
    """What a referee writes."""

    relationship = CleanCharField(
        label="How do you know each other?",
        max_length=300,
        help_text="Since when, and in what: a supervisor for a year, a colleague on one project.",
    )
    text = CleanTextField(
        label="Your letter",
        help_text="What you have seen them do, how far they are, what they would learn. Examples say more than praise.",
        widget=forms.Textarea(attrs={"rows": 18}),
    )


class DocumentForm(forms.Form):
    """A CV."""

    file = forms.FileField(
        label="CV",
        help_text="One PDF of at most 10 MB and 50 pages.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": "The file is empty.", "required": "Choose a file."},
    )


class AdmitForm(forms.Form):
    """Why late text is admitted."""

    reason = CleanTextField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ConcernForm(forms.Form):
    """What makes one doubt."""

    reason = CleanTextField(label="What makes you doubt it", max_length=2000)


class DecideConcernForm(forms.Form):
    """The second person's word."""

    answer = forms.ChoiceField(
        label="Your decision",
        widget=forms.RadioSelect,
        choices=[("confirm", "Confirm: I see the same"), ("decline", "Decline: I do not see it")],
    )
    reason = CleanTextField(label="What you looked at", max_length=2000)


class ViewForm(forms.Form):
    """A name for the table as it is arranged now."""

    name = CleanCharField(label="Name", max_length=60)
    is_shared = forms.BooleanField(label="Share it with all staff of this cohort", required=False)


class BulkForm(forms.Form):
    """What a bulk action needs to know, and that the person has seen how many it concerns."""

    name = CleanCharField(label="Label", max_length=40)
    label = forms.ChoiceField(label="Label to take away")
    typed = CleanCharField(max_length=12)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, act: str, labels: Sequence[tuple[str, str]], count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        self.fields["label"].choices = list(labels)  # type: ignore[attr-defined]
        self.fields["typed"].label = f"Type {count} to confirm"
        if act != "label":
            del self.fields["name"]
        if act != "unlabel":
            del self.fields["label"]
        if count <= MOST_AT_A_GLANCE:
            del self.fields["typed"]

    def clean_typed(self) -> str:
        """The number of applications, as a check that it was read."""
        typed: str = self.cleaned_data["typed"]
        if typed.replace(",", "") != str(self.count):
            raise forms.ValidationError(f"This is not the number of applications chosen, which is {self.count}.")
        return typed
