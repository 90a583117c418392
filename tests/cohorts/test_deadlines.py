"""A deadline is one instant, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mats_portal.cohorts.deadlines import describe, end_of_day, one_month_after, time_left

AOE = "Etc/GMT+12"


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2026, 1, 15), AOE, datetime(2026, 1, 16, 12, tzinfo=UTC)),
        (date(2026, 1, 15), "UTC", datetime(2026, 1, 16, tzinfo=UTC)),
        (date(2023, 5, 7), "America/Los_Angeles", datetime(2023, 5, 8, 7, tzinfo=UTC)),
        (date(2026, 3, 28), "Europe/London", datetime(2026, 3, 29, 0, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/London", datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/London", datetime(2026, 10, 26, 0, tzinfo=UTC)),
    ],
)
def test_end_of_day_is_the_midnight_after(day: date, zone: str, instant: datetime) -> None:
    assert end_of_day(day, zone) == instant


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2023, 7, 3), date(2023, 8, 3)),
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2023, 12, 31), date(2024, 1, 31)),
    ],
)
def test_one_month_after_is_the_same_day_where_there_is_one(day: date, later: date) -> None:
    assert one_month_after(day) == later


def test_describe_tells_midnight_as_the_day_that_ends() -> None:
    assert describe(end_of_day(date(2023, 5, 7), AOE), AOE) == "Sun 7 May 2023, 23:59 anywhere on Earth"
    assert describe(datetime(2023, 5, 19, 17, tzinfo=UTC), "Europe/London") == "Fri 19 May 2023, 18:00 London time"
    assert describe(datetime(2023, 5, 19, 17, tzinfo=UTC), "UTC") == "Fri 19 May 2023, 17:00 UTC"


def test_time_left_never_runs_below_nothing() -> None:
    now = datetime(2023, 5, 7, tzinfo=UTC)
    assert time_left(now + timedelta(hours=2), now) == timedelta(hours=2)
    assert time_left(now, now + timedelta(hours=2)) == timedelta(0)
