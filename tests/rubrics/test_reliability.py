"""Agreement and drift, against published examples."""

import numpy as np
import pytest

from mats_portal.rubrics.calibration import calibrate
from mats_portal.rubrics.reliability import Level, drift, krippendorff_alpha, reliability_of_mean

# Krippendorff 2011, section E (also "Content Analysis", 2004): four observers, twelve units, missing values.
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# The example of the English Wikipedia's "Krippendorff's alpha": three coders, fifteen units.
THREE = (".....34121133.3", "1.213343.......", "..21344.21133.4")
# Krippendorff 2011, section B: two observers, ten units, two categories; section C: letters.
BINARY = ("0100000010", "1110010000")
LETTERS = ("aabbdcccedda", "babbbccceddd")


def pairs(*observers: str) -> list[tuple[int, float]]:
    """The scores with their unit; a dot is missing."""
    rows = [row.replace(" ", "") for row in observers]
    return [(unit, float(ord(mark))) for row in rows for unit, mark in enumerate(row) if mark != "."]


@pytest.mark.parametrize(
    ("observers", "level", "published"),
    [
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (THREE, "nominal", 0.691),
        (THREE, "interval", 0.811),
        (BINARY, "nominal", 0.095),
        (LETTERS, "nominal", 0.692),
    ],
)
def test_alpha_is_the_published_one(observers: tuple[str, ...], level: Level, published: float) -> None:
    found = krippendorff_alpha(pairs(*observers), level)
    assert found is not None
    assert found.value == pytest.approx(published, abs=0.0006)
    assert found.low <= found.value <= found.high


def test_alpha_of_full_agreement_is_one_and_of_chance_about_zero() -> None:
    full = krippendorff_alpha([(unit, float(unit % 5)) for unit in range(50) for _ in range(3)])
    assert full is not None
    assert full.value == pytest.approx(1)
    rng = np.random.default_rng(3)
    chance = krippendorff_alpha([(unit, float(rng.integers(1, 6))) for unit in range(400) for _ in range(3)])
    assert chance is not None
    assert chance.low < 0 < chance.high
    assert abs(chance.value) < 0.07


@pytest.mark.parametrize("scores", [[], [(1, 3.0)], [(1, 3.0), (1, 4.0)], [(1, 3.0), (1, 3.0), (2, 3.0), (2, 3.0)]])
def test_alpha_is_silent_where_nothing_can_be_said(scores: list[tuple[int, float]]) -> None:
    assert krippendorff_alpha(scores) is None


def test_the_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    judged = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
    found = calibrate([(target, judge, float(x)) for target, row in enumerate(judged) for judge, x in enumerate(row)])
    assert found.variances.reliability == pytest.approx(0.29, abs=0.005)
    assert reliability_of_mean(found.variances, 4) == pytest.approx(0.62, abs=0.005)


def test_drift_finds_who_grows_harsher_and_only_them() -> None:
    rng = np.random.default_rng(5)
    harsher = drift([0.6 - 1.2 * place / 39 + rng.normal() * 0.3 for place in range(40)])
    assert harsher is not None
    assert harsher.change == pytest.approx(-1.2, abs=0.35)
    assert harsher.is_clear
    found = [drift(rng.normal(size=30).tolist()) for _ in range(300)]
    assert sum(one.is_clear for one in found if one) <= 12
    assert drift([0.1] * 7) is None
