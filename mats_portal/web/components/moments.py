"""Time as people say it: moments with their zone, deadlines in both zones, the path of a cohort."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .html import draw, tag

register = template.Library()

MOST_ACROSS = 7
ANYWHERE_ON_EARTH = ("Etc/GMT+12", "AoE")


class Step(Protocol):
    """What the path needs of a milestone.

    Its words are its `label` or those of its `kind`; `text` (instead of the moment), `short` (instead of the
    text once it is past) and `url` may be there, too.
    """

    @property
    def at(self) -> dt.datetime | None:
        """When it is; None while that is not set."""
        ...


@dataclass(frozen=True)
class PathStep:
    """A milestone as plain data, for a path whose steps are no rows."""

    label: str
    at: dt.datetime | None = None
    text: str = ""
    url: str = ""
    short: str = ""


def zone_name(zone: dt.tzinfo | str) -> str:
    """A zone as people name it: `London`, `AoE`, `UTC`."""
    key = str(zone)
    return "AoE" if key in ANYWHERE_ON_EARTH else key.rsplit("/", 1)[-1].replace("_", " ")


def _zone(name: str | dt.tzinfo | None) -> dt.tzinfo:
    if name is None or name == "":
        return timezone.get_current_timezone()
    if isinstance(name, str):
        return ZoneInfo(ANYWHERE_ON_EARTH[0] if name == "AoE" else name)
    return name


def say(
    at: dt.datetime | dt.date, style: str = "moment", zone: str | dt.tzinfo | None = None, today: dt.date | None = None
) -> str:
    """A moment in words. Styles: `moment` (Sun 7 May, 23:59), `date` (7 May), `time` (23:59).

    The year is said only when it is not this one.
    """
    if isinstance(at, dt.datetime):
        at = at.astimezone(_zone(zone))
        if style == "time":
            return f"{at:%H:%M}"
    year = "" if at.year == (today or timezone.localdate()).year else f" {at.year}"
    if style == "date" or not isinstance(at, dt.datetime):
        return f"{at.day} {at:%B}{year}"
    return f"{at:%a} {at.day} {at:%b}{year}, {at:%H:%M}"


@register.simple_tag
def moment(
    at: dt.datetime | dt.date | None,
    style: str = "moment",
    zone: str | None = None,
    with_zone: bool = False,
    missing: str = "not set",
    closes_in: str = "",
) -> SafeString:
    """A `<time>` in the reader's zone (or the one named), with the zone's name if asked.

    closes_in: the official zone of something that ends then; midnight there is told as 23:59.
    """
    if at is None:
        return tag("span", missing, class_="quiet")
    told = _last_minute(at, _zone(closes_in)) if closes_in and isinstance(at, dt.datetime) else at
    words = say(told, style, zone)
    if with_zone:
        words = f"{words} {zone_name(_zone(zone))}"
    return tag("time", words, datetime=at.isoformat())


def span(length: dt.timedelta) -> str:
    """A length of time in its two largest units: `3 d 4 h`, `2 h 10 min`, `40 s`."""
    seconds = max(int(length.total_seconds()), 0)
    parts = ((seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    told = list(itertools.dropwhile(lambda part: part[0] == 0, parts))[:2]
    if told and told[0][1] == "min":
        told = told[:1]
    return " ".join(f"{number} {unit}" for number, unit in told if number) or "0 s"


@register.simple_tag
def ago(at: dt.datetime | None, missing: str = "never") -> SafeString:
    """How long ago, shortly: `12 min`, `3 h`, `yesterday`, `Sat`, `7 May`."""
    if at is None:
        return tag("span", missing, class_="quiet")
    now, here = timezone.now(), timezone.localtime(at)
    today = timezone.localdate(now)
    days = (today - here.date()).days
    if days <= 0:
        length = span(now - at).split(" ")
        words = "just now" if length[1] == "s" else " ".join(length[:2])
    elif days == 1:
        words = "yesterday"
    else:
        words = f"{here:%a}" if days < 7 else say(here.date(), "date", today=today)
    told = say(at, today=today)
    return SafeString(
        f'<time datetime="{_exact(at)}" title="{told}">{words}</time>'
    )  # Our own words: nothing to escape.


def _exact(at: dt.datetime) -> str:
    """The moment for a machine, to the minute, in UTC."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"


@register.simple_block_tag
def countdown(
    content: SafeString, at: dt.datetime, verb: str = "Closes", official_zone: str = "AoE", past: str = "Closed"
) -> SafeString:
    """Time left, large, with the moment in the reader's zone and in the official one. Content: a remark."""
    now, mine = timezone.now(), timezone.get_current_timezone()
    official = _zone(official_zone)
    told = _last_minute(at, official)
    same = at.astimezone(official).replace(tzinfo=None) == at.astimezone(mine).replace(tzinfo=None)
    return draw(
        "countdown",
        left=span(at - now),
        is_past=at <= now,
        verb=verb if at > now else past,
        at=at,
        now=now,
        here=say(told),
        here_zone=zone_name(mine),
        is_soon=at - now < dt.timedelta(days=2),
        same=same,
        official=say(told, zone=official),
        official_zone=_official_words(official),
        content=content,
    )


def _last_minute(at: dt.datetime, official: dt.tzinfo) -> dt.datetime:
    """What to say of an exclusive deadline: midnight in the official zone is 23:59 of the day that ends."""
    return at - dt.timedelta(minutes=1) if at.astimezone(official).time() == dt.time.min else at


def _official_words(zone: dt.tzinfo) -> str:
    name = zone_name(zone)
    return "anywhere on Earth" if name == "AoE" else f"{name} time"


@register.simple_tag
def deadline(at: dt.datetime | None, official_zone: str = "AoE", missing: str = "no deadline") -> SafeString:
    """A deadline in one line: the reader's time first, the official one after it."""
    if at is None:
        return tag("span", missing, class_="quiet")
    mine, official = timezone.get_current_timezone(), _zone(official_zone)
    told = _last_minute(at, official)
    here = f"{say(told)} {zone_name(mine)}"
    if zone_name(mine) == zone_name(official):
        return tag("time", here, datetime=at.isoformat())
    there = tag("span", format_html("({} {})", say(told, zone=official), _official_words(official)), class_="quiet")
    return format_html("{} {}", tag("time", here, datetime=at.isoformat()), there)


@register.simple_tag
def path(
    steps: Iterable[Step], now: dt.datetime | None = None, upright: bool = False, style: str = "moment"
) -> SafeString:
    """A line of milestones with today on it. Steps have a `label` and an `at`; they come in order of time.

    A line across the page shows the nearest; what is further off is counted, and all of it opens below.
    """
    placed = place_on_path(list(steps), now or timezone.now(), style)
    shown, before, after = (placed, 0, 0) if upright else nearest(placed)
    return draw("path", steps=shown, everything=placed, before=before, after=after, upright=upright)


def nearest(placed: list[dict[str, object]]) -> tuple[list[dict[str, object]], int, int]:
    """The steps around the current one that a line has room for, and how many are left out before and after."""
    if len(placed) <= MOST_ACROSS:
        return placed, 0, 0
    room = MOST_ACROSS - 2  # The counts of what is left out take a place each.
    current = next((i for i, step in enumerate(placed) if step["state"] == "current"), len(placed) - 1)
    first = min(max(current - 1, 0), len(placed) - room)
    return placed[first : first + room], first, len(placed) - room - first


def _until(length: dt.timedelta) -> str:
    days = round(length / dt.timedelta(days=1))
    return f"{days} days" if days > 1 else span(length)


def _label(step: Step) -> str:
    label = getattr(step, "label", "")
    return str(label or step.get_kind_display())  # type: ignore[attr-defined]


def place_on_path(steps: Sequence[Step], now: dt.datetime, style: str = "moment") -> list[dict[str, object]]:
    """Each step with its state (past, current, future) and how far the day stands on the line after it (0 to 100).

    The current step is the first that has not come yet; a step without a moment is in the future.
    """
    ahead = next((i for i, step in enumerate(steps) if step.at is None or step.at > now), len(steps))
    placed: list[dict[str, object]] = []
    for i, step in enumerate(steps):
        after = steps[i + 1].at if i + 1 < len(steps) else None
        filled = 100 if i + 1 < ahead else 0
        if i + 1 == ahead and step.at and after:
            filled = round(100 * ((now - step.at) / (after - step.at)))
        elif i + 1 == ahead and i + 1 < len(steps):
            filled = 50
        moment_words = getattr(step, "text", "") or (say(step.at, style) if step.at else "not set yet")
        placed.append(
            {
                "label": _label(step),
                "url": getattr(step, "url", ""),
                "at": step.at,
                "filled": filled,
                "state": "past" if i < ahead else "current" if i == ahead else "future",
                "text": (i < ahead and getattr(step, "short", "")) or moment_words,
                "full_text": moment_words,
                "left": _until(step.at - now) if i == ahead and step.at else "",
            }
        )
    return placed
