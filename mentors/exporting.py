"""Reviews as rows of a file."""

from __future__ import annotations

from typing import IO, Any

from django.db.models import F, QuerySet

from mats_portal.web.copying import Inert, Instant, copy_to, text_of
from mentors.models import Assessment

HEADERS = (
    "Application",
    "Applicant",
    "Reviewer",
    "Stream",
    "Ability",
    "Motivation",
    "Comment",
    "Rubric",
    "In at",
)


def copy_reviews(assessments: QuerySet[Assessment], file: IO[bytes]) -> int:
    """Write one row for each review, by applicant and then by when it came in; answers how many. One statement."""
    cells: dict[str, Any] = {
        "c1": F("application__code"),
        "c2": Inert("application__person__name"),
        "c3": Inert("reviewer__name"),
        "c4": Inert("assignment__stream__name"),
        "c5": text_of("sheet__ability"),
        "c6": text_of("sheet__motivation"),
        "c7": Inert("sheet__comment"),
        "c8": text_of("sheet__version__number"),
        "c9": Instant("sheet__finished_at"),
    }
    ordered = assessments.order_by("application__code", "sheet__finished_at", "pk")
    return copy_to(file, HEADERS, ordered.annotate(**cells).values_list(*cells))
