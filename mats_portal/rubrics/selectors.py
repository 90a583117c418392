"""Reads about rubrics and scores."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch

from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.models import Criterion, RubricVersion, Score, ScoreSheet
from mats_portal.rubrics.states import Dimension, RubricPurpose


def current_version(cohort: Cohort, purpose: RubricPurpose) -> RubricVersion | None:
    """The newest version of the cohort's rubric with its criteria, or None while there is no rubric."""
    versions = RubricVersion.objects.filter(rubric__cohort=cohort, rubric__purpose=purpose)
    return versions.prefetch_related(Prefetch("criteria", Criterion.objects.order_by("position"))).first()


def criteria_of(version: RubricVersion) -> list[Criterion]:
    """The version's criteria in their order."""
    return list(version.criteria.all())


def scores_of(sheet: ScoreSheet) -> dict[str, int]:
    """The sheet's scores by the criterion's key. A criterion that was not scored is not in it."""
    return dict(Score.objects.filter(sheet=sheet).values_list("criterion__key", "value"))


def missing_criteria(sheet: ScoreSheet) -> list[Criterion]:
    """The criteria without a score, in their order."""
    return list(Criterion.objects.filter(version_id=sheet.version_id).exclude(scores__sheet=sheet))


def weighted_mean(scored: Iterable[tuple[Criterion, int]], dimension: Dimension) -> Decimal | None:
    """The weighted mean of one dimension over what was scored, to two places; None when nothing was."""
    weighed = [(criterion.weight, value) for criterion, value in scored if criterion.dimension == dimension]
    weight = sum(weight for weight, _ in weighed)
    if not weight:
        return None
    mean = Decimal(sum(weight * value for weight, value in weighed)) / weight
    return mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
