"""Write rubrics and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.rubrics.defaults import APPLICATION_CRITERIA
from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion, Rubric, RubricVersion, Score, ScoreSheet
from mats_portal.rubrics.selectors import criteria_of, current_version, missing_criteria, scores_of, weighted_mean
from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import Dimension, RubricPurpose
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_line, clean_text

MAX_COMMENT = 10_000
MAX_CRITERIA = 20
MAX_WEIGHT = 10
MAX_LABEL, MAX_TEXT = 100, 300


class RubricUnusable(Refusal):
    """A rubric needs between one and twenty criteria, each with its own name and a weight from 1 to 10."""


class StaleRubric(Refusal):
    """Somebody else changed this rubric a moment ago. Look at it as it is now, then change it again."""


class NotAScore(Refusal):
    """A score is a whole number from 1 to 5, or left empty."""


class CommentTooLong(Refusal):
    """A comment can have 10,000 characters. Please shorten it; your text is still here."""


class ScoresMissing(Refusal):
    """Some criteria are not scored yet."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self.criteria = list(criteria)
        names = ", ".join(criterion.label for criterion in criteria)
        super().__init__(f"Not scored yet: {names}. Score them, or save and come back later.")


class StaleScores(Refusal):
    """These scores were saved in another window meanwhile."""

    def __init__(self, saved: ScoreSheet, values: dict[str, int]) -> None:
        self.saved, self.values = saved, values
        super().__init__(
            "You saved these scores in another window meanwhile. "
            "What you entered here is still below, and not saved: compare, then save again."
        )


@transaction.atomic
def make_rubric_version(
    *, rubric: Rubric, criteria: Sequence[CriterionSpec], by: Any, after: int | None = None
) -> RubricVersion:
    """Make the next version of a rubric. Old scores keep the version they were given against.

    after: the number of the version that the editor saw; 0 for none. Nothing is made when the criteria
    are those of the current version. Raises `StaleRubric` and `RubricUnusable`.
    """
    tidy = [_tidied(spec) for spec in criteria]
    if not 1 <= len(tidy) <= MAX_CRITERIA or len({spec.key for spec in tidy}) != len(tidy):
        raise RubricUnusable
    if not all(_is_usable(spec) for spec in tidy):
        raise RubricUnusable
    Rubric.objects.select_for_update().get(pk=rubric.pk)
    current = RubricVersion.objects.filter(rubric=rubric).first()
    number = current.number if current else 0
    if after is not None and after != number:
        raise StaleRubric
    if current and [CriterionSpec.of(one) for one in current.criteria.order_by("position")] == tidy:
        return current
    version = RubricVersion.objects.create(rubric=rubric, number=number + 1)
    Criterion.objects.bulk_create(_criterion(version, position, spec) for position, spec in enumerate(tidy, 1))
    record(by=by, verb="change rubric", subject=version, cohort=rubric.cohort, facts={"version": version.number})
    return version


def _tidied(spec: CriterionSpec) -> CriterionSpec:
    anchors = tuple(clean_line(anchor) for anchor in spec.anchors)
    return replace(
        spec,
        label=clean_line(spec.label),
        help=clean_line(spec.help),
        anchors=anchors if any(anchors) else (),
    )


def _is_usable(spec: CriterionSpec) -> bool:
    return (
        1 <= spec.weight <= MAX_WEIGHT
        and 0 < len(spec.label) <= MAX_LABEL
        and len(spec.anchors) <= HIGHEST
        and all(len(text) <= MAX_TEXT for text in (spec.help, *spec.anchors))
    )


def _criterion(version: RubricVersion, position: int, spec: CriterionSpec) -> Criterion:
    return Criterion(
        version=version,
        position=position,
        key=spec.key,
        label=spec.label,
        help=spec.help,
        anchors=list(spec.anchors),
        weight=spec.weight,
        dimension=spec.dimension,
    )


@transaction.atomic
def open_rubric(*, cohort: Cohort, purpose: RubricPurpose = RubricPurpose.APPLICATION) -> Rubric:
    """The cohort's rubric of that purpose, made without a version when there is none."""
    return Rubric.objects.get_or_create(cohort=cohort, purpose=purpose)[0]


@transaction.atomic
def default_rubric(*, cohort: Cohort, by: Any) -> RubricVersion:
    """The cohort's current rubric for applications; the portal's own one when the cohort has none yet."""
    rubric = open_rubric(cohort=cohort)
    Rubric.objects.select_for_update().get(pk=rubric.pk)
    found = current_version(cohort, RubricPurpose.APPLICATION)
    return found or make_rubric_version(rubric=rubric, criteria=APPLICATION_CRITERIA, by=by)


@transaction.atomic
def start_sheet(*, version: RubricVersion, by: Any) -> ScoreSheet:
    """An empty sheet for one scorer."""
    return ScoreSheet.objects.create(version=version, scorer=by)


@transaction.atomic
def save_scores(
    *, sheet: ScoreSheet, values: Mapping[str, int | None], comment: str, expected_revision: int, by: Any
) -> ScoreSheet:
    """Save what is scored so far; a criterion with None, or not named, is left without a score.

    Raises `StaleScores` when the sheet was saved since `expected_revision`, `NotAScore` and `CommentTooLong`.
    Returns the sheet with its new revision, `saved_at` and means.
    """
    comment = clean_text(comment)
    if len(comment) > MAX_COMMENT:
        raise CommentTooLong
    locked = ScoreSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.revision != expected_revision:
        raise StaleScores(locked, scores_of(locked))
    criteria = {criterion.key: criterion for criterion in criteria_of(locked.version)}
    scored = [(criteria[key], value) for key, value in values.items() if value is not None and key in criteria]
    if any(not isinstance(value, int) or not LOWEST <= value <= HIGHEST for _, value in scored):
        raise NotAScore
    if locked.finished_at and len(scored) < len(criteria):
        raise ScoresMissing([criterion for criterion in criteria.values() if values.get(criterion.key) is None])
    locked.scores.all().delete()
    Score.objects.bulk_create(Score(sheet=locked, criterion=criterion, value=value) for criterion, value in scored)
    ScoreSheet.objects.filter(pk=locked.pk).update(
        comment=comment,
        revision=locked.revision + 1,
        saved_at=Now(),
        ability=weighted_mean(scored, Dimension.ABILITY),
        motivation=weighted_mean(scored, Dimension.MOTIVATION),
    )
    locked.refresh_from_db()
    return locked


@transaction.atomic
def finish_scores(*, sheet: ScoreSheet, by: Any) -> ScoreSheet:
    """Say that the scores are in. From now on others' scores of the same thing may be shown.

    Raises `ScoresMissing` when a criterion has no score. Finishing twice changes nothing.
    """
    locked = ScoreSheet.objects.select_for_update().get(pk=sheet.pk)
    missing = missing_criteria(locked)
    if missing:
        raise ScoresMissing(missing)
    ScoreSheet.objects.filter(pk=locked.pk, finished_at=None).update(finished_at=Now())
    locked.refresh_from_db()
    return locked
