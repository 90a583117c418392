"""Fields that keep only what is fit to keep: cleaned text, sensible moments."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mats_portal.web.text import clean_line, clean_text, is_sensible

LONGEST_TEXT = 20_000


class CleanCharField(forms.CharField):
    """One line, by `clean_line`."""

    def to_python(self, value: Any) -> str:
        """The cleaned line; its length is judged afterwards."""
        return clean_line(super().to_python(value) or "")


class CleanTextField(forms.CharField):
    """Text of several lines, by `clean_text`; 20,000 characters unless told otherwise."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text; its length is judged afterwards."""
        return clean_text(super().to_python(value) or "").strip()


class SensibleDateTimeField(forms.DateTimeField):
    """A moment in a given zone, between the years 1900 and 2200; a local time that does not exist is refused."""

    def __init__(self, *, zone: str = "UTC", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**kwargs)
        self.zone = zoneinfo.ZoneInfo(zone)

    def prepare_value(self, value: Any) -> Any:
        """An instant shown as local time of the zone."""
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The instant.

        Raises ValidationError for what is not a moment, lies outside 1900–2200, or falls
        into the hour that a change of clocks skips or repeats.
        """
        if value in self.empty_values:
            return None
        local = self._local(value)
        if local.year < 1900 or local.year >= 2200:
            raise ValidationError("Please give a year between 1900 and 2200.", code="year")
        early, late = (local.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        if early.utcoffset() != late.utcoffset():
            raise ValidationError(
                "The clocks change in that hour, so this time does not exist or exists twice. "
                "Please give one an hour earlier or later.",
                code="clocks_change",
            )
        if not is_sensible(early):
            raise ValidationError("Please give a year between 1900 and 2200.", code="year")
        return early

    def _local(self, value: Any) -> datetime:
        for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value).strip(), form)  # noqa: DTZ007 - the zone is the field's
            except ValueError:
                continue
        raise ValidationError("Please give a date and a time, like 2026-05-07 23:59.", code="invalid")


class SensibleDateField(forms.DateField):
    """A day between the years 1900 and 2200."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError outside 1900–2200."""
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year < 2200:
            raise ValidationError("Please give a year between 1900 and 2200.", code="year")
        return day
