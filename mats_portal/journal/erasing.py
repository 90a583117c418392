"""The journal is final: it says who did what by a pseudonym, and never held what people wrote."""

from __future__ import annotations

from typing import Any

from mats_portal.journal.models import Entry
from mats_portal.web.keeping import Erasure, Kept, Part

FINAL = "they say by code what was done and when, so that decisions can be explained; your name goes"


def kept(person: Any) -> list[Kept]:
    """The entries."""
    return [
        Kept(
            "That you did something here, and when: “submit application”, “accept offer”",
            "so that what happened can be explained",
            "programme staff of the cohort",
            "for as long as the portal runs; without your name once you are erased",
        )
    ]


def preview(person: Any) -> list[Part]:
    """The entries stay."""
    return [Part("Entries of the journal", Entry.objects.filter(actor=person).count(), stays=FINAL)]


def erase(person: Any) -> None:
    """Nothing: the entries name a row that is a pseudonym by now."""


ERASURE = Erasure(preview=preview, erase=erase)
