"""What one more review is worth: against simulation, and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mats_portal.rubrics.calibration import Calibration, Estimate, Leniency, Variances, calibrate
from mats_portal.rubrics.next_review import gain_of, next_best_reviews

chances = st.floats(0, 1)
variances = st.floats(1e-3, 9)


def known(means: dict[str, float], se: float = 0.5, **shifts: float) -> Calibration[str, str]:
    """Subjects with these means, and reviewers with these doubts about their leniency."""
    subjects = {name: Estimate(mean, se, mean, 2, 1, len(means)) for name, mean in means.items()}
    reviewers = {name: Leniency(0.0, doubt, 10) for name, doubt in shifts.items()}
    return Calibration(subjects, reviewers, Variances(0.5, 0.2, 0.4), 3.0, 1)


@pytest.mark.parametrize(("z", "variance", "noise"), [(0.0, 1.0, 1.0), (0.8, 0.5, 0.3), (-1.5, 2.0, 0.1)])
def test_the_gain_is_what_simulation_finds(z: float, variance: float, noise: float) -> None:
    share = variance / (variance + noise)
    moved = np.random.default_rng(7).normal(0, np.sqrt(variance * share), 400_000)
    left = np.sqrt(variance * (1 - share))
    after = stats.norm.cdf((z * np.sqrt(variance) + moved) / left)
    before = stats.norm.cdf(z)
    simulated = before * (1 - before) - (after * (1 - after)).mean()
    assert gain_of(float(before), variance, noise) == pytest.approx(simulated, abs=1e-3)


@given(chances, variances, variances)
def test_a_gain_never_exceeds_the_doubt_there_is(chance: float, variance: float, noise: float) -> None:
    assert 0 <= gain_of(chance, variance, noise) <= chance * (1 - chance) + 1e-12


@given(chances, variances, variances)
def test_above_and_below_the_cut_are_alike(chance: float, variance: float, noise: float) -> None:
    assert gain_of(chance, variance, noise) == pytest.approx(gain_of(1 - chance, variance, noise), abs=1e-9)


@given(st.floats(0.01, 0.99), variances, variances, st.floats(1.01, 4))
def test_more_noise_tells_less_and_more_doubt_is_worth_more(
    chance: float, variance: float, noise: float, times: float
) -> None:
    gain = gain_of(chance, variance, noise)
    assert gain_of(chance, variance, noise * times) <= gain + 1e-12
    assert gain_of(chance, variance * times, noise) >= gain - 1e-12


@pytest.mark.parametrize(("chance", "variance", "noise"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, -1, 1), (0.5, 1, -1)])
def test_what_cannot_be_is_refused(chance: float, variance: float, noise: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        gain_of(chance, variance, noise)


def test_nothing_is_gained_where_nothing_is_in_doubt() -> None:
    assert gain_of(0.0, 1, 1) == gain_of(1.0, 1, 1) == gain_of(0.5, 0, 1) == 0


def test_who_lies_nearest_the_cut_comes_first() -> None:
    found = next_best_reviews(
        known({"far above": 5, "near": 3.1, "at": 3.0, "far below": 1}, se=0.4),
        k=2,
        eligible={name: {"r": 0.0} for name in ("far above", "near", "at", "far below")},
        loads={},
    )
    assert {one.subject for one in found[:2]} == {"near", "at"}
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)


def test_among_readers_who_tell_alike_the_one_with_least_to_read_is_taken() -> None:
    calibration = known({"a": 3.0, "b": 3.0, "c": 3.0, "d": 3.0}, r=0.1, q=0.1, vague=3.0)
    eligible = {name: {"r": 0.0, "q": 0.0, "vague": 0.0} for name in "abcd"}
    found = next_best_reviews(calibration, k=2, eligible=eligible, loads={"r": 1})
    readers = [one.reviewer for one in found]
    assert abs(readers.count("q") - readers.count("r") - 1) <= 1  # r began with one more to read
    assert "vague" not in readers


def test_nobody_gets_more_than_the_cap_and_nobody_reads_what_they_may_not() -> None:
    calibration = known({"a": 3.0, "b": 3.0, "c": 3.0})
    eligible = {"a": {"r": 0.0}, "b": {"r": 0.0}, "c": {"q": 0.0}}
    found = next_best_reviews(calibration, k=1, eligible=eligible, loads={"r": 4}, cap=5)
    assert sorted((one.subject, one.reviewer) for one in found) == [("a", "r"), ("c", "q")]


def test_who_has_no_score_is_unread_and_not_near_the_cut() -> None:
    found = next_best_reviews(known({"a": 3.0, "b": 4.0}), k=1, eligible={"new": {"r": 0.0}}, loads={})
    assert found == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(1, 5)), min_size=6, max_size=40),
    st.integers(1, 8),
    st.integers(1, 5),
    st.integers(1, 6),
)
def test_whatever_the_scores_the_list_keeps_its_promises(
    scores: list[tuple[int, int, int]], k: int, cap: int, limit: int
) -> None:
    calibration = calibrate((f"s{s}", f"r{r}", float(value)) for s, r, value in scores)
    eligible = {subject: {f"r{r}": 0.0 for r in range(4)} for subject in calibration.subjects}
    found = next_best_reviews(calibration, k=k, eligible=eligible, loads={}, cap=cap, limit=limit)
    assert len(found) <= limit
    assert len({one.subject for one in found}) == len(found)
    readers = [one.reviewer for one in found]
    assert all(readers.count(reader) <= cap for reader in readers)
    assert all(0 < one.gain <= one.probability * (1 - one.probability) + 1e-12 for one in found)
