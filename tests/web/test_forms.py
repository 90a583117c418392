"""Fields keep only what is fit to keep."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mats_portal.web.forms import CleanCharField, CleanTextField, SensibleDateField, SensibleDateTimeField


def test_line_is_one_line() -> None:
    assert CleanCharField().clean(" a\u00a0 b\r\nc\u200b ") == "a b c"


def test_text_keeps_its_lines_and_loses_its_poison() -> None:
    assert CleanTextField().clean("one\r\ntwo\ud800\x07\ufeff") == "one\ntwo"


def test_text_that_is_only_poison_counts_as_missing() -> None:
    with pytest.raises(ValidationError):
        CleanTextField().clean("\x07\ud800 \u2028")


def test_text_has_an_end() -> None:
    with pytest.raises(ValidationError):
        CleanTextField().clean("a" * 20_001)
    assert CleanTextField(max_length=30_000).clean("a" * 20_001)


@given(st.text())
def test_line_is_stable_whatever_comes(text: str) -> None:
    field = CleanCharField(required=False)
    once = field.clean(text)
    assert field.clean(once) == once
    assert "\n" not in once
    assert "\x00" not in once


def test_moment_is_read_in_the_zone_of_the_field() -> None:
    field = SensibleDateTimeField(zone="Etc/GMT+12")
    assert field.clean("2026-01-15T12:00") == datetime(2026, 1, 16, tzinfo=UTC)
    assert f"{field.prepare_value(datetime(2026, 1, 16, tzinfo=UTC)):%H:%M}" == "12:00"


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/London", "2026-03-29T01:30"),  # does not exist
        ("Europe/London", "2026-10-25T01:30"),  # exists twice
        ("UTC", "1899-12-31T23:59"),
        ("UTC", "2200-01-01T00:00"),
        ("UTC", "0001-01-01T00:00"),
        ("Pacific/Kiritimati", "9999-12-31T23:59"),
        ("UTC", "soon"),
    ],
)
def test_moment_that_cannot_be_is_refused(zone: str, moment: str) -> None:
    with pytest.raises(ValidationError):
        SensibleDateTimeField(zone=zone).clean(moment)


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01", "0001-01-01", "2026-02-30", "tomorrow"])
def test_day_that_cannot_be_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        SensibleDateField().clean(day)
