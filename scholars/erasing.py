"""That somebody held a seat stays; the words about them go."""

from __future__ import annotations

from typing import Any

from mats_portal.web.keeping import Erasure, Kept, Part
from scholars.models import Scholar, Switch
from scholars.states import ScholarState

SEAT = "who held a seat, in which stream and when, is what the programme answers for; your name goes"


def kept(person: Any) -> list[Kept]:
    """The seat and its changes."""
    if not Scholar.objects.filter(person=person).exists():
        return []
    return [
        Kept(
            "That you took part, in which stream, from when until when, and why streams changed",
            "to run the programme, and to answer for the money it is given",
            "you; programme staff; mentors of the stream",
            "for as long as the portal runs; without your name once you are erased",
        )
    ]


def preview(person: Any) -> list[Part]:
    """Seats stay, notes go."""
    own = Scholar.objects.filter(person=person)
    return [
        Part("Notes on changes of stream", Switch.objects.filter(scholar__in=own).exclude(note="").count()),
        Part("Seats you held", own.count(), stays=SEAT),
    ]


def hindrance(person: Any) -> str:
    """Whoever takes part now finishes or leaves first."""
    active = Scholar.objects.filter(person=person, state=ScholarState.ACTIVE).select_related("cohort").first()
    return f"{person} takes part in {active.cohort} now. Let them finish or leave first." if active else ""


def erase(person: Any) -> None:
    """Empty the notes."""
    own = Scholar.objects.filter(person=person)
    Switch.objects.filter(scholar__in=own).update(note="")
    own.update(ended_reason="")


ERASURE = Erasure(preview=preview, erase=erase, hindrance=hindrance)
