"""An address left in the interest form, and recommendations: found by address, and removed."""

from __future__ import annotations

from typing import Any

from applications.outreach.models import Interest, Recommendation
from mats_portal.web.keeping import ERASED_NAME, Erasure, Kept, Part, erased_address


def kept(person: Any) -> list[Kept]:
    """Interest and recommendations by the person's address."""
    found = []
    if Interest.objects.filter(email=person.email).exists():
        found.append(
            Kept(
                "That you left your address before applications opened",
                "to tell you when they open, and to learn how people hear of us",
                "programme staff of the cohort",
                "until you ask us to erase it",
            )
        )
    if Recommendation.objects.filter(email=person.email).exists():
        found.append(
            Kept(
                "That somebody recommended you, and why",
                "to write to you once",
                "programme staff of the cohort",
                "until you ask us to erase it",
            )
        )
    return found


def preview(person: Any) -> list[Part]:
    """All of it goes."""
    return [
        Part("Interest forms with your address", Interest.objects.filter(email=person.email).count()),
        Part("Recommendations of you", Recommendation.objects.filter(email=person.email).count()),
        Part("Your name on recommendations of others", Recommendation.objects.filter(by_email=person.email).count()),
    ]


def erase(person: Any) -> None:
    """Remove what is about the person; of what they said about others, their name."""
    Interest.objects.filter(email=person.email).delete()
    Recommendation.objects.filter(email=person.email).delete()
    address = erased_address(person.code)
    Recommendation.objects.filter(by_email=person.email).update(by_email=address, by_name=ERASED_NAME)


ERASURE = Erasure(preview=preview, erase=erase)
