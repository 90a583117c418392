"""Deadlines as values. Pure: dates, zones and moments in, moments and words out.

A deadline is one instant, and exclusive: the end of a day is the midnight after it,
so that "7 May" ends when 8 May begins in the official zone.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ANYWHERE_ON_EARTH = "Etc/GMT+12"


def start_of_day(day: date, zone: str) -> datetime:
    """The first instant of the day in the zone. Where clocks skip that midnight, the first one that exists."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def end_of_day(day: date, zone: str) -> datetime:
    """The first instant after the day in the zone. Where clocks skip that midnight, the first one that exists."""
    return start_of_day(day + timedelta(days=1), zone)


def one_month_after(day: date) -> date:
    """The same day of the next month, or its last day where there is no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_minute(at: datetime, zone: str) -> datetime:
    """The moment to tell of a deadline: the minute before it, if it is midnight in the official zone, else itself."""
    is_midnight = at.astimezone(ZoneInfo(zone)).time() == time.min
    return at - timedelta(minutes=1) if is_midnight else at


def describe(at: datetime, zone: str) -> str:
    """An instant in words with its zone: "Sun 7 May 2023, 23:59 anywhere on Earth".

    A deadline at midnight is told as the minute before it, which belongs to the day that people mean.
    """
    local = last_minute(at, zone).astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} {zone_words(zone)}"


def zone_words(zone: str) -> str:
    """A zone as people name it."""
    if zone == ANYWHERE_ON_EARTH:
        return "anywhere on Earth"
    return zone if zone == "UTC" else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def short_zone(at: datetime, zone: str) -> str:
    """A zone where there is little room: "AoE", "UTC", "PDT", or the city where no letters stand for it."""
    if zone == ANYWHERE_ON_EARTH:
        return "AoE"
    letters = at.astimezone(ZoneInfo(zone)).tzname() or ""
    return letters if letters.isalpha() else zone.rpartition("/")[2].replace("_", " ")


def time_left(at: datetime, now: datetime) -> timedelta:
    """How long until the deadline; nothing once it has come."""
    return max(at - now, timedelta(0))
