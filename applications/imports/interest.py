"""A row of a file of interest forms."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from applications.imports import cells
from applications.imports.mapping import Target
from mats_portal.web.text import clean_text

TARGETS = (
    Target("at", "Submitted at", True, ("created", "timestamp", "date")),
    Target("name", "Full name", True, ("name",)),
    Target("email", "Email", True, ("email address", "e mail", "e mail address")),
    Target("channels", "How did you hear about us?", guesses=("how did you hear about us select all that apply",)),
    Target("other", "Anything else?"),
    Target("wants_reminders", "Reminders", guesses=("subscribe to deadline reminders", "subscribe", "remind me")),
)
LONGEST_OTHER = 5_000


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Somebody's interest."""

    line: int
    at: datetime
    name: str
    email: str
    channels: tuple[str, ...]
    other: str
    wants_reminders: bool


def parse(line: int, row: Mapping[str, str], *, zone: zoneinfo.ZoneInfo, known: Iterable[str]) -> InterestRow:
    """The interest that a row tells of; raises `cells.RowError`."""
    other = clean_text(row.get("other", "")).strip()
    if len(other) > LONGEST_OTHER:
        raise cells.RowError(f"“Anything else?” is longer than {LONGEST_OTHER:,} characters.")
    named = cells.choices(row.get("channels", ""), known)
    if any(len(name) > 100 for name in named):
        raise cells.RowError("The name of a channel is longer than 100 characters.")
    return InterestRow(
        line=line,
        at=cells.moment(row["at"], zone),
        name=cells.line(row["name"], "name"),
        email=cells.email(row["email"]),
        channels=tuple(named),
        other=other,
        wants_reminders=cells.yes(row.get("wants_reminders", "")),
    )
