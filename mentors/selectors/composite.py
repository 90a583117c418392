"""One composite from both ways of scoring: whole applications on score sheets, and answers marked by question.

Each criterion's scores are averaged first, then the criteria are weighed. With complete sheets alone that is the mean
of the sheets' own means; a criterion that nobody scored is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from mats_portal.rubrics.models import Score
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Mark

CENT = Decimal("0.01")


@dataclass(slots=True)
class Pile:
    """All scores of one application: by criterion, its weight and dimension with the points given; and by whom."""

    points: dict[str, tuple[int, str, list[int]]] = field(default_factory=dict)
    scorers: set[int] = field(default_factory=set)

    def add(self, key: str, weight: int, dimension: str, value: int, scorer: int) -> None:
        """One score."""
        self.points.setdefault(key, (weight, dimension, []))[2].append(value)
        self.scorers.add(scorer)

    def mean(self, dimension: Dimension) -> Decimal | None:
        """The weighted mean over the criteria of one dimension that somebody scored, to two places."""
        scored = [(weight, values) for weight, of, values in self.points.values() if of == dimension]
        total = sum(weight for weight, _ in scored)
        if not total:
            return None
        weighed = sum((Decimal(weight * sum(values)) / len(values) for weight, values in scored), Decimal())
        return (weighed / total).quantize(CENT, rounding=ROUND_HALF_UP)


def piles_of(assessments: QuerySet[Assessment], marks: QuerySet[Mark]) -> Mapping[int, Pile]:
    """The scores of each application by its key, from the given assessments and marks, in two statements."""
    found: dict[int, Pile] = {}
    sheets = Score.objects.filter(sheet__assessment__in=assessments.order_by().values("pk"))
    names = ("criterion__key", "criterion__weight", "criterion__dimension", "value")
    _heap(found, sheets.values_list("sheet__assessment__application_id", *names, "sheet__scorer_id"))
    by_mark = (f"marking__{name}" if name != "value" else name for name in names)
    _heap(found, marks.order_by().values_list("application_id", *by_mark, "marking__marker_id"))
    return found


def _heap(found: dict[int, Pile], rows: Iterable[Any]) -> None:
    for application, key, weight, dimension, value, scorer in rows:
        found.setdefault(application, Pile()).add(key, weight, dimension, value, scorer)
