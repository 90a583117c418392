"""The rubric of a cohort, carried over to a new one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.services.carrying import CarriedOver, Line
from mats_portal.rubrics.selectors import criteria_of, current_version
from mats_portal.rubrics.services import make_rubric_version, open_rubric
from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import RubricPurpose
from mats_portal.web.text import counted

PREFIX = "rubric:"


def _asked(cohort: Cohort, purpose: RubricPurpose) -> list[CriterionSpec]:
    version = current_version(cohort, purpose)
    return [CriterionSpec.of(criterion) for criterion in criteria_of(version)] if version else []


def _lines(source: Cohort, target: Cohort) -> list[Line]:
    found = []
    for purpose in RubricPurpose:
        if criteria := _asked(source, purpose):
            said = counted(len(criteria), "criterion", "criteria")
            note = f"{said}, the same as there" if _asked(target, purpose) == criteria else said
            found.append(Line(f"{PREFIX}{purpose}", f"Rubric: {purpose.label}", note))
    return found


def _copy(*, source: Cohort, target: Cohort, codes: Collection[str], by: Any) -> None:
    for purpose in RubricPurpose:
        criteria = _asked(source, purpose)
        if f"{PREFIX}{purpose}" in codes and criteria and criteria != _asked(target, purpose):
            rubric = open_rubric(cohort=target, purpose=purpose)
            make_rubric_version(rubric=rubric, criteria=criteria, by=by)


RUBRIC = CarriedOver(_lines, _copy)
