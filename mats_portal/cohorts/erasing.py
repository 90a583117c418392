"""What a cohort keeps about who belonged to it, and how that is erased."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from mats_portal.cohorts.models import Extension, Membership
from mats_portal.cohorts.states import Side
from mats_portal.web.keeping import Erasure, Kept, Part

SEATS = "who held which role in a cohort stays clear for those who ask later; your name goes"


def kept(person: Any) -> list[Kept]:
    """Memberships and extensions."""
    found = []
    if Membership.objects.filter(person=person).exists():
        found.append(
            Kept(
                "Your roles in cohorts, with their dates",
                "to know who may do what, and who did",
                "you; programme staff of the cohort",
                "for as long as the portal runs; without your name once you are erased",
            )
        )
    if Extension.objects.filter(person=person).exists():
        found.append(
            Kept(
                "More time that you were given, with the reason",
                "so that a later deadline holds, and is fair",
                "you; programme staff of the cohort",
                "until you ask us to erase it",
            )
        )
    return found


def preview(person: Any) -> list[Part]:
    """Extensions go, memberships stay without a name."""
    return [
        Part("More time that you were given, with its reason", Extension.objects.filter(person=person).count()),
        Part("Roles in cohorts", Membership.objects.filter(person=person).count(), stays=SEATS),
    ]


def hindrance(person: Any) -> str:
    """Whoever still evaluates or supports gives that up first."""
    held = Membership.objects.open().filter(person=person).exclude(side=Side.NEITHER).select_related("cohort").first()
    return f"{person} still is {held.get_role_display().lower()} in {held.cohort}. End that first." if held else ""


def erase(person: Any) -> None:
    """Remove the extensions, close what is open."""
    Extension.objects.filter(person=person).delete()
    Membership.objects.open().filter(person=person).update(until=Now(), reason="")
    Membership.objects.filter(person=person).update(reason="")


ERASURE = Erasure(preview=preview, erase=erase, hindrance=hindrance)
