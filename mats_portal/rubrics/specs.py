"""A criterion before it is a row."""

from dataclasses import dataclass

from mats_portal.rubrics.states import Dimension


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """One line of a rubric as somebody writes it: `anchors` say what 1 to 5 mean, in this order."""

    key: str
    label: str
    help: str = ""
    anchors: tuple[str, ...] = ()
    weight: int = 1
    dimension: Dimension = Dimension.ABILITY
