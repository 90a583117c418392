"""Calibration: exact where it can be checked by hand, better than raw means where it cannot."""

import numpy as np
import pytest

from mats_portal.rubrics.calibration import Calibration, calibrate

Scores = list[tuple[int, int, float]]


def simulate(
    seed: int, *, subjects: int = 120, reviewers: int = 15, each: int = 3, lenient: float = 0.6, noise: float = 0.8
) -> tuple[Scores, np.ndarray]:
    """A round of scores around 3, and the truth that they were made from."""
    rng = np.random.default_rng(seed)
    truth, shifts = 3 + rng.normal(size=subjects), rng.normal(size=reviewers) * lenient
    scores = [
        (subject, int(reviewer), float(truth[subject] + shifts[reviewer] + rng.normal() * noise))
        for subject in range(subjects)
        for reviewer in rng.choice(reviewers, each, replace=False)
    ]
    return scores, truth


def means(calibration: Calibration[int, int]) -> np.ndarray:
    """The calibrated means by subject."""
    return np.array([calibration.subjects[subject].mean for subject in range(len(calibration.subjects))])


def test_calibrate_is_the_analysis_of_variance_when_everybody_scored_everybody() -> None:
    rng = np.random.default_rng(1)
    y = rng.normal(size=(12, 1)) + rng.normal(size=(1, 5)) * 0.5 + rng.normal(size=(12, 5)) * 0.4 + 3
    found = calibrate([(i, j, float(y[i, j])) for i in range(12) for j in range(5)])
    rows, columns, grand = y.mean(axis=1), y.mean(axis=0), y.mean()
    noise = ((y - rows[:, None] - columns + grand) ** 2).sum() / (11 * 4)
    subject = (5 * ((rows - grand) ** 2).sum() / 11 - noise) / 5
    reviewer = (12 * ((columns - grand) ** 2).sum() / 4 - noise) / 12
    assert found.variances.noise == pytest.approx(noise)
    assert found.variances.subject == pytest.approx(subject)
    assert found.variances.reviewer == pytest.approx(reviewer)
    drawn = grand + (rows - grand) * subject / (subject + noise / 5)
    assert means(found) == pytest.approx(drawn)


def test_calibrate_recovers_the_truth_better_than_raw_means() -> None:
    better = 0
    for seed in range(30):
        scores, truth = simulate(seed)
        found = calibrate(scores)
        raw = np.array([found.subjects[subject].raw for subject in range(len(truth))])
        better += ((means(found) - truth) ** 2).mean() < ((raw - truth) ** 2).mean()
    assert better >= 29


def test_calibrate_covers_the_truth_in_nine_of_ten() -> None:
    covered = []
    for seed in range(60):
        scores, truth = simulate(seed)
        for subject, estimate in calibrate(scores).subjects.items():
            low, high = estimate.interval
            covered.append(low < truth[subject] < high)
    assert 0.87 <= np.mean(covered) <= 0.93


def test_rank_intervals_hold_the_true_rank_in_about_nine_of_ten() -> None:
    held = []
    for seed in range(30):
        scores, truth = simulate(seed)
        ranks = (-truth).argsort().argsort() + 1
        for subject, estimate in calibrate(scores).subjects.items():
            held.append(estimate.best_rank <= ranks[subject] <= estimate.worst_rank)
    assert 0.85 <= np.mean(held) <= 0.97


def test_a_lenient_reviewers_scores_are_taken_down() -> None:
    scores = [(subject, reviewer, 3.0 + (reviewer == 0) + subject % 3) for subject in range(9) for reviewer in range(3)]
    found = calibrate(scores)
    assert found.reviewers[0].shift > 0.5
    assert found.reviewers[1].shift < 0


def test_few_reviews_are_drawn_closer_to_the_mean() -> None:
    scores, _ = simulate(4)
    once = [*scores, (999, 0, 6.0)]
    often = [*scores, *((999, reviewer, 6.0) for reviewer in range(6))]
    assert calibrate(once).subjects[999].mean < calibrate(often).subjects[999].mean
    assert calibrate(once).subjects[999].se > calibrate(often).subjects[999].se


def test_calibrate_says_when_the_scores_do_not_hang_together() -> None:
    left = [(subject, reviewer, float(subject)) for subject in range(4) for reviewer in (0, 1)]
    right = [(subject, reviewer, float(subject)) for subject in range(4, 8) for reviewer in (2, 3)]
    assert calibrate(left).components == 1
    apart = calibrate(left + right)
    assert apart.components == 2
    assert "2 groups" in apart.notes[0]


def test_probability_in_top_adds_up_to_the_seats() -> None:
    scores, _ = simulate(7)
    chances = calibrate(scores).probability_in_top(20)
    assert sum(chances.values()) == pytest.approx(20)
    assert all(0 <= chance <= 1 for chance in chances.values())
    assert set(calibrate(scores).probability_in_top(0).values()) == {0.0}
    assert set(calibrate(scores).probability_in_top(120).values()) == {1.0}


def test_calibrate_does_not_depend_on_names() -> None:
    scores, _ = simulate(3)
    renamed = calibrate([(f"a{s}", f"r{r}", value) for s, r, value in scores])
    plain = calibrate(scores)
    assert [e.mean for e in renamed.subjects.values()] == [e.mean for e in plain.subjects.values()]


@pytest.mark.parametrize(
    "scores", [[], [(1, 1, 4.0)], [(1, 1, 3.0), (2, 1, 3.0)], [(1, 1, 2.0), (1, 1, 2.0)], [(1, 1, 1.0), (2, 2, 5.0)]]
)
def test_calibrate_answers_where_there_is_hardly_anything(scores: Scores) -> None:
    found = calibrate(scores)
    assert all(np.isfinite([estimate.mean, estimate.se]).all() for estimate in found.subjects.values())
    assert bool(scores) == bool(found.notes)
    if scores:
        assert all(estimate.se > 0.1 for estimate in found.subjects.values())
