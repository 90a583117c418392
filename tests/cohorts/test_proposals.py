"""Dates are proposed from the day a cohort meets, and looked over before they are kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mats_portal.cohorts.changes import changes_between
from mats_portal.cohorts.deadlines import ANYWHERE_ON_EARTH, end_of_day, last_minute, short_zone, start_of_day
from mats_portal.cohorts.proposals import order_warnings, proposed_dates, shifted_dates
from mats_portal.cohorts.states import CLOSING_KINDS, MilestoneKind

MEETS = date(2023, 7, 10)
ZONES = st.sampled_from([ANYWHERE_ON_EARTH, "UTC", "Europe/London", "America/Santiago", "Africa/Cairo", "Asia/Beirut"])
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_proposal_is_in_order_and_complete() -> None:
    dates = proposed_dates(MEETS, ANYWHERE_ON_EARTH)
    assert set(dates) == set(MilestoneKind)
    assert order_warnings(dates) == []


def test_plans_are_due_a_month_after_the_start() -> None:
    dates = proposed_dates(date(2026, 1, 31), ANYWHERE_ON_EARTH)
    assert dates[MilestoneKind.PLANS_DUE] == datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(day=DAYS, zone=ZONES)
def test_day_ends_when_the_next_begins_and_is_told_as_itself(day: date, zone: str) -> None:
    end = end_of_day(day, zone)
    assert end == start_of_day(day + timedelta(days=1), zone)
    assert timedelta(hours=22) < end - start_of_day(day, zone) < timedelta(hours=26)
    assert (last_minute(end, zone) - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() == day


@given(day=DAYS, zone=ZONES, to_zone=ZONES)
def test_shifted_dates_keep_their_distance_in_days(day: date, zone: str, to_zone: str) -> None:
    before = proposed_dates(MEETS, zone)
    after = shifted_dates(before, zone, day, to_zone)
    old = {kind: at.astimezone(ZoneInfo(zone)).date() - MEETS for kind, at in before.items()}
    new = {kind: at.replace(tzinfo=None).date() - day for kind, at in after.items()}
    assert new == old


def test_shift_without_a_start_to_measure_from_is_the_usual_proposal() -> None:
    assert shifted_dates({}, "UTC", MEETS, "UTC") == proposed_dates(MEETS, "UTC")


def test_warnings_name_what_is_in_an_unusual_order_and_what_is_missing() -> None:
    dates = proposed_dates(MEETS, "UTC")
    dates[MilestoneKind.REVIEWS_DUE] = dates[MilestoneKind.OFFERS_RELEASED] + timedelta(days=1)
    del dates[MilestoneKind.PLANS_DUE]
    assert order_warnings(dates) == [
        "“Rankings due” comes before “Reviews due”.",
        "“Research plans due” has no date, so nothing can be handed in.",
    ]


def test_changes_are_told_in_sentences() -> None:
    before = proposed_dates(MEETS, ANYWHERE_ON_EARTH)
    after = dict(before)
    after[MilestoneKind.APPLICATIONS_CLOSE] += timedelta(days=3)
    del after[MilestoneKind.TRAINING_STARTS]
    assert changes_between(before, after, ANYWHERE_ON_EARTH) == [
        "Applications close: Wed 10 May 2023, 23:59 anywhere on Earth, 3 days later than before.",
        "Training starts: no date any more (was Sun 11 Jun 2023, 23:59 anywhere on Earth).",
    ]
    assert changes_between(before, before, "UTC") == []


def test_closing_kinds_say_that_they_close() -> None:
    assert {kind.value for kind in CLOSING_KINDS} == {
        kind.value for kind in MilestoneKind if kind.value.endswith(("_close", "_due", "_ends"))
    }


def test_zone_is_short_where_there_is_little_room() -> None:
    at = datetime(2023, 5, 8, tzinfo=UTC)
    assert [
        short_zone(at, zone) for zone in (ANYWHERE_ON_EARTH, "UTC", "America/Los_Angeles", "America/Sao_Paulo")
    ] == [
        "AoE",
        "UTC",
        "PDT",
        "Sao Paulo",
    ]
