"""Reads about rubrics and scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Prefetch, QuerySet, Subquery

from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.models import Criterion, Rubric, RubricVersion, Score, ScoreSheet
from mats_portal.rubrics.specs import CriterionSpec, changes_between
from mats_portal.rubrics.states import Dimension, RubricPurpose


def current_version(cohort: Cohort, purpose: RubricPurpose) -> RubricVersion | None:
    """The newest version of the cohort's rubric with its criteria, or None while there is no rubric."""
    versions = RubricVersion.objects.filter(rubric__cohort=cohort, rubric__purpose=purpose)
    return versions.prefetch_related(Prefetch("criteria", Criterion.objects.order_by("position"))).first()


def current_criteria(cohort: Cohort, purpose: RubricPurpose) -> list[Criterion]:
    """The criteria of the newest version, in their order and one statement; none while there is no rubric."""
    versions = RubricVersion.objects.filter(rubric__cohort=cohort, rubric__purpose=purpose).order_by("-number")
    return list(Criterion.objects.filter(version=Subquery(versions.values("pk")[:1])).order_by("position"))


@dataclass(frozen=True, slots=True)
class Edition:
    """A version for its editors: what it changed, and how many score sheets were begun with it."""

    version: RubricVersion
    changes: list[str]
    sheets: int


def editions(cohort: Cohort, purpose: RubricPurpose) -> list[Edition]:
    """Every version of the cohort's rubric, newest first, in two statements."""
    versions = RubricVersion.objects.filter(rubric__cohort=cohort, rubric__purpose=purpose)
    counted = versions.annotate(begun=Count("sheets")).prefetch_related(
        Prefetch("criteria", Criterion.objects.order_by("position"))
    )
    found, before = [], None
    for version in sorted(counted, key=lambda one: one.number):
        specs = [CriterionSpec.of(criterion) for criterion in version.criteria.all()]
        changes = ["The first version."] if before is None else changes_between(before, specs)
        found.append(Edition(version, changes, version.begun))
        before = specs
    return found[::-1]


def rubrics_to_copy(cohorts: QuerySet[Cohort], purpose: RubricPurpose) -> QuerySet[Rubric]:
    """The rubrics of these cohorts that have a version, newest cohort first."""
    found = Rubric.objects.filter(cohort__in=cohorts, purpose=purpose, versions__isnull=False).distinct()
    return found.select_related("cohort").order_by("-cohort__created_at", "-pk")


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
