"""Remarks on reports: what is kept, and how it is erased."""

from __future__ import annotations

from typing import Any

from mats_portal.reports.models import Remark
from mats_portal.web.keeping import Erasure, Kept, Part


def kept(person: Any) -> list[Kept]:
    """Their remarks, if there are any."""
    if not Remark.objects.filter(by=person).exists():
        return []
    return [
        Kept(
            "Your remarks on reports",
            "to know what readers find wrong, unclear or missing",
            "whoever may read the report",
            "until you ask us to erase it",
        )
    ]


def preview(person: Any) -> list[Part]:
    """All remarks go."""
    return [Part("Remarks on reports", Remark.objects.filter(by=person).count())]


def erase(person: Any) -> None:
    """Remove the remarks."""
    Remark.objects.filter(by=person).delete()


ERASURE = Erasure(preview=preview, erase=erase)
