"""`python -m bench.calibrating`: 10,000 applications × 3 reviews by 100 reviewers, beside sparse least squares.

The yardstick starts where `calibrate` does, from the same triples, and solves the same table once for subjects and
reviewers (`scipy.sparse.linalg.lsqr` to 1e-12). It gives one mean a subject: no variances, no errors, no ranks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import lsqr

from mats_portal.rubrics.calibration import calibrate

APPLICATIONS, EACH, REVIEWERS = 10_000, 3, 100
GOAL = 3.0
ROUNDS = 7
Scores = list[tuple[int, int, float]]


def made_up() -> Scores:
    """Scores around 3 with the leniency of each reviewer in them."""
    rng = np.random.default_rng(1)
    truth, shifts = rng.normal(3, 0.7, APPLICATIONS), rng.normal(0, 0.4, REVIEWERS)
    return [
        (subject, int(reviewer), float(np.clip(truth[subject] + shifts[reviewer] + rng.normal(0, 0.6), 1, 5)))
        for subject in range(APPLICATIONS)
        for reviewer in rng.choice(REVIEWERS, EACH, replace=False)
    ]


def least_squares(scores: Scores) -> Any:
    """One sparse least-squares solve of score = subject + reviewer."""
    subjects: dict[int, int] = {}
    reviewers: dict[int, int] = {}
    down, across, values = [], [], []
    for subject, reviewer, value in scores:
        down.append(subjects.setdefault(subject, len(subjects)))
        across.append(reviewers.setdefault(reviewer, len(reviewers)))
        values.append(value)
    rows = np.tile(np.arange(len(values)), 2)
    columns = np.concatenate([down, len(subjects) + np.array(across)])
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), (len(values), len(subjects) + len(reviewers)))
    return lsqr(table, np.array(values), atol=1e-12, btol=1e-12)[0]


def fastest(work: Callable[[Scores], Any], scores: Scores) -> float:
    """Seconds of the fastest of several rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(scores)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Print both times and their ratio; 1 when the ratio is beyond the goal."""
    scores = made_up()
    mine, yardstick = fastest(calibrate, scores), fastest(least_squares, scores)
    ratio = mine / yardstick
    size = f"{APPLICATIONS:,} × {EACH} × {REVIEWERS}"
    print(f"calibrate {size}: {mine * 1e3:.1f} ms; least squares {yardstick * 1e3:.1f} ms")
    print(f"ratio {ratio:.2f} (goal {GOAL})  {'ok' if ratio <= GOAL else 'slow'}")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
