"""Scores: saved half done, never lost, never zero."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mats_portal.journal.selectors import entries_in_cohort
from mats_portal.rubrics.models import Criterion, Score, ScoreSheet
from mats_portal.rubrics.selectors import criteria_of, current_version, scores_of
from mats_portal.rubrics.services import (
    CommentTooLong,
    NotAScore,
    RubricUnusable,
    ScoresMissing,
    StaleScores,
    default_rubric,
    finish_scores,
    make_rubric_version,
    save_scores,
    start_sheet,
)
from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import Dimension, RubricPurpose
from tests import make

pytestmark = pytest.mark.django_db
ALL = {"technical-ability": 4, "hard-question": 5, "research-judgement": 3, "motivation": 2}


def make_sheet() -> ScoreSheet:
    """Gil's empty sheet on the default rubric."""
    gil = make.make_person("Gil")
    return start_sheet(version=default_rubric(cohort=make.make_cohort(), by=gil), by=gil)


def save(
    sheet: ScoreSheet, values: Mapping[str, int | None], revision: int | None = None, comment: str = ""
) -> ScoreSheet:
    """Save as the sheet's own scorer."""
    expected = sheet.revision if revision is None else revision
    return save_scores(sheet=sheet, values=values, comment=comment, expected_revision=expected, by=sheet.scorer)


def test_default_rubric_is_made_once_with_an_anchor_for_every_point() -> None:
    cohort, rui = make.make_cohort(), make.make_person("Rui")
    first = default_rubric(cohort=cohort, by=rui)
    assert default_rubric(cohort=cohort, by=rui) == first
    criteria = criteria_of(first)
    assert all(len(criterion.anchors) == 5 for criterion in criteria)
    assert [c.key for c in criteria if c.dimension == Dimension.MOTIVATION] == ["motivation"]


def test_make_rubric_version_leaves_old_scores_their_version() -> None:
    sheet = save(make_sheet(), ALL)
    rubric = sheet.version.rubric
    newer = make_rubric_version(rubric=rubric, criteria=[CriterionSpec("depth", "Depth")], by=sheet.scorer)
    assert newer.number == 2
    assert current_version(rubric.cohort, RubricPurpose.APPLICATION) == newer
    assert scores_of(sheet) == ALL
    assert entries_in_cohort(rubric.cohort.slug).filter(verb="change rubric").count() == 2


@pytest.mark.parametrize(
    "criteria",
    [
        [],
        [CriterionSpec("a", "A"), CriterionSpec("a", "B")],
        [CriterionSpec("a", " ")],
        [CriterionSpec("a", "A", weight=0)],
        [CriterionSpec("a", "A", anchors=("x",) * 6)],
    ],
)
def test_make_rubric_version_refuses_what_nobody_could_score_with(criteria: list[CriterionSpec]) -> None:
    rubric = make_sheet().version.rubric
    with pytest.raises(RubricUnusable):
        make_rubric_version(rubric=rubric, criteria=criteria, by=make.make_person("Rui"))


def test_save_scores_keeps_ability_and_motivation_apart() -> None:
    sheet = save(make_sheet(), ALL)
    assert sheet.ability == Decimal("4.20")  # (2·4 + 2·5 + 1·3) / 5
    assert sheet.motivation == Decimal("2.00")


def test_save_scores_leaves_missing_missing() -> None:
    sheet = save(make_sheet(), {"technical-ability": 4, "hard-question": None})
    assert scores_of(sheet) == {"technical-ability": 4}
    assert sheet.ability == Decimal("4.00")
    assert sheet.motivation is None


def test_save_scores_refuses_to_overwrite_another_window() -> None:
    sheet = make_sheet()
    save(sheet, {"motivation": 5})
    with pytest.raises(StaleScores) as refusal:
        save(sheet, {"motivation": 1}, revision=0)
    assert refusal.value.values == {"motivation": 5}
    assert scores_of(sheet) == {"motivation": 5}


@pytest.mark.parametrize("value", [0, 6, -1, "4", 2.5])
def test_save_scores_refuses_what_is_not_one_to_five(value: int) -> None:
    sheet = make_sheet()
    with pytest.raises(NotAScore):
        save(sheet, {"motivation": value})
    assert scores_of(sheet) == {}


def test_save_scores_refuses_a_comment_without_end() -> None:
    with pytest.raises(CommentTooLong):
        save(make_sheet(), {}, comment="x" * 10_001)


def test_the_database_refuses_a_score_of_zero() -> None:
    sheet = make_sheet()
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(sheet=sheet, criterion=Criterion.objects.all()[0], value=0)


def test_finish_scores_names_what_is_missing() -> None:
    sheet = save(make_sheet(), {"technical-ability": 4, "hard-question": 4})
    with pytest.raises(ScoresMissing) as refusal:
        finish_scores(sheet=sheet, by=sheet.scorer)
    assert refusal.value.sentence.startswith("Not scored yet: Research judgement, Motivation.")


def test_finish_scores_twice_keeps_the_first_moment() -> None:
    sheet = save(make_sheet(), ALL)
    first = finish_scores(sheet=sheet, by=sheet.scorer).finished_at
    assert first is not None
    assert finish_scores(sheet=sheet, by=sheet.scorer).finished_at == first


def test_finished_scores_can_change_but_not_go_missing() -> None:
    sheet = finish_scores(sheet=save(make_sheet(), ALL), by=make.make_person())
    assert save(sheet, ALL | {"motivation": 4}).motivation == Decimal("4.00")
    sheet.refresh_from_db()
    with pytest.raises(ScoresMissing):
        save(sheet, {"motivation": 4})
