"""A criterion before it is a row, and lists of them. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from mats_portal.rubrics.states import Dimension

LONGEST_KEY = 50


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """One line of a rubric as somebody writes it: `anchors` say what 1 to 5 mean, in this order."""

    key: str
    label: str
    help: str = ""
    anchors: tuple[str, ...] = ()
    weight: int = 1
    dimension: Dimension = Dimension.ABILITY

    @classmethod
    def of(cls, criterion: Any) -> CriterionSpec:
        """The spec that a stored criterion was made from."""
        return cls(
            key=criterion.key,
            label=criterion.label,
            help=criterion.help,
            anchors=tuple(criterion.anchors),
            weight=criterion.weight,
            dimension=Dimension(criterion.dimension),
        )


def new_key(specs: Sequence[CriterionSpec], label: str) -> str:
    """A key after the label that no criterion has: "writing", "writing-2" …"""
    taken, stem = {spec.key for spec in specs}, slugify(label)[:LONGEST_KEY] or "criterion"
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def changes_between(before: Sequence[CriterionSpec], after: Sequence[CriterionSpec]) -> list[str]:
    """What a version changed, one sentence for each thing; empty when nothing did."""
    old, new = {spec.key: spec for spec in before}, {spec.key: spec for spec in after}
    told = [f"“{spec.label}” is new." for spec in after if spec.key not in old]
    told += [f"“{spec.label}” is gone." for spec in before if spec.key not in new]
    for spec in after:
        if spec.key in old:
            told += _changes_of(old[spec.key], spec)
    kept = [spec.key for spec in before if spec.key in new]
    if kept != [spec.key for spec in after if spec.key in old]:
        told.append("The order is another.")
    return told


def _changes_of(old: CriterionSpec, new: CriterionSpec) -> list[str]:
    told = []
    if old.label != new.label:
        told.append(f"“{old.label}” is now called “{new.label}”.")
    if old.weight != new.weight:
        told.append(f"“{new.label}” weighs {new.weight} instead of {old.weight}.")
    if old.dimension != new.dimension:
        told.append(f"“{new.label}” measures {new.dimension.label.lower()} instead of {old.dimension.label.lower()}.")
    if old.help != new.help:
        told.append(f"“{new.label}” is explained anew.")
    points = [str(number) for number, pair in enumerate(_pairs(old, new), 1) if pair[0] != pair[1]]
    if points:
        told.append(f"“{new.label}”: another text for {' and '.join(points)}.")
    return told


def _pairs(old: CriterionSpec, new: CriterionSpec) -> list[tuple[str, str]]:
    longest = max(len(old.anchors), len(new.anchors))
    padded = [(*spec.anchors, *("",) * (longest - len(spec.anchors))) for spec in (old, new)]
    return list(zip(*padded, strict=True))
