"""What was said of a visa goes with its person, and in any case with the cohort's sensitive answers."""

from __future__ import annotations

from typing import Any

from mats_portal.web.keeping import Erasure, Kept, Part, Purge, Tally
from scholars.visas.models import Visa


def kept(person: Any) -> list[Kept]:
    """The answer and the days."""
    if not Visa.objects.filter(scholar__person=person).exists():
        return []
    return [
        Kept(
            "Whether you need a visa, and the days of its steps",
            "to send letters of invitation in time, and to see who may come late",
            "you; programme staff. No mentor, and nobody who evaluates",
            "until the cohort's sensitive answers go",
        )
    ]


def preview(person: Any) -> list[Part]:
    """All of it goes."""
    return [Part("What you said of a visa", Visa.objects.filter(scholar__person=person).count())]


def erase(person: Any) -> None:
    """Remove it."""
    Visa.objects.filter(scholar__person=person).delete()


def _of_cohort(cohort: Any) -> Any:
    return Visa.objects.filter(scholar__cohort=cohort)


def preview_steps(cohort: Any, chosen: Any) -> list[Part]:
    """Those of the cohort; scholars' own, too: nobody needs them any more."""
    return [Part("What scholars said of their visas", _of_cohort(cohort).count())]


def tallies(cohort: Any, chosen: Any) -> list[Tally]:
    """None: the report has its snapshots."""
    return []


def purge_steps(cohort: Any, chosen: Any) -> tuple[int, int]:
    """Remove them; as many people as answers."""
    count, _ = _of_cohort(cohort).delete()
    return count, count


ERASURE = Erasure(preview=preview, erase=erase)
STEPS = Purge(preview=preview_steps, tallies=tallies, purge=purge_steps)
