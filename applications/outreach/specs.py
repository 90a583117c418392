"""A recommendation and an action before they are rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from applications.outreach.models import Channel, Link


@dataclass(frozen=True, slots=True)
class Named:
    """Whom somebody recommends, why, and who they are themselves."""

    name: str
    email: str
    why: str
    by_name: str
    by_email: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done so that people hear of the cohort, when, where and for whom."""

    on: date
    channel: Channel
    audience: str
    note: str = ""
    link: Link | None = None
