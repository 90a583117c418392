"""Outcomes stay as a category; where somebody works and what was noted goes."""

from __future__ import annotations

from typing import Any

from mats_portal.web.keeping import Erasure, Kept, Part
from scholars.alumni.models import Outcome

CATEGORY = "what became of those who took part is counted by category, without names"


def kept(person: Any) -> list[Kept]:
    """Outcomes."""
    if not Outcome.objects.filter(person=person).exists():
        return []
    return [
        Kept(
            "What you do now, where, and how we know",
            "to learn what the programme is good for",
            "you; programme staff",
            "until you ask us to erase it; then the category alone",
        )
    ]


def preview(person: Any) -> list[Part]:
    """Organisations and notes go, categories stay."""
    own = Outcome.objects.filter(person=person)
    return [
        Part("Where you work, and notes on it", own.count()),
        Part("Outcomes by category", own.count(), stays=CATEGORY),
    ]


def erase(person: Any) -> None:
    """Empty organisation and note."""
    Outcome.objects.filter(person=person).update(organisation="", note="")


ERASURE = Erasure(preview=preview, erase=erase)
