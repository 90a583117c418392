"""A candidacy as somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass

from mats_portal.cohorts.models import Track


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a candidate sends; co_mentors: pairs of name and lower-case e-mail address."""

    stream_name: str
    agenda: str
    plan: str
    seats_asked: int
    hours: int
    track: Track | None = None
    viewpoint: str = ""
    co_mentors: tuple[tuple[str, str], ...] = ()
