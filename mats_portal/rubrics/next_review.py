"""Which further review tells most about who passes the cut. Pure: plain data in, plain data out.

What a review is worth is the expected drop of p (1 − p), where p is the probability that the subject lies above the
cut: the preposterior analysis of Raiffa and Schlaifer ("Applied Statistical Decision Theory", 1961) for a normal mean.
With z the distance to the cut in standard errors and ρ the share of the variance that the review takes away, that is
Φ₂(z, z; ρ) − Φ(z)² = p (1 − p) − 2 T(z, √((1 − ρ) / (1 + ρ))), T being the function of Owen (Annals of Mathematical
Statistics 27, 1956). It is 0 for a subject far from the cut or known exactly, and at most 1/4.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from mats_portal.rubrics.calibration import Calibration
from mats_portal.web.late import late

if TYPE_CHECKING:
    import numpy as np
    from scipy import special
else:
    np, special = late("numpy"), late("scipy.special")

S = TypeVar("S", bound=Hashable)
R = TypeVar("R", bound=Hashable)
SURE = 1e-9  # A probability this near to 0 or 1 counts as that: nothing is left to learn.
ALIKE = 0.95  # Reviewers who tell this share of what the best one tells are alike; the one with least to read is taken.


@dataclass(frozen=True, slots=True)
class NextReview(Generic[S, R]):
    """One further review: who should read whom, p of the subject now, and by how much p (1 − p) is expected to drop."""

    subject: S
    reviewer: R
    probability: float
    gain: float


def gain_of(probability: float, variance: float, noise: float) -> float:
    """By how much one review is expected to lower p (1 − p).

    probability: of lying above the cut, now; variance: of the subject's estimate; noise: of the review, its reader's
    unknown leniency included. Symmetric in p and 1 − p; grows with the variance, falls with the noise.
    Raises `ValueError` for a probability outside 0 to 1 or a negative variance.
    """
    if not 0 <= probability <= 1 or variance < 0 or noise < 0:
        raise ValueError("A probability lies between 0 and 1, and no variance is negative.")
    if min(probability, 1 - probability) < SURE or variance == 0:
        return 0.0
    share = variance / (variance + noise)
    slope = np.sqrt((1 - share) / (1 + share))
    drop = probability * (1 - probability) - 2 * special.owens_t(special.ndtri(probability), slope)
    return max(float(drop), 0.0)


def next_best_reviews(
    calibration: Calibration[S, R],
    *,
    k: int,
    eligible: Mapping[S, Mapping[R, float]],
    loads: Mapping[R, int],
    cap: int | None = None,
    limit: int = 20,
) -> list[NextReview[S, R]]:
    """The reviews that tell most about the first k, best first, one for each subject.

    eligible: who may read whom, with a cost that settles ties, the least first; loads: how many each reviewer has;
    cap: the most that one reviewer gets; limit: how many reviews. Subjects that the calibration does not know
    are left out: with no score at all they are not near a cut, they are unread. Reviews that tell nothing are, too.
    """
    chances = calibration.probability_in_top(k)
    now = dict(loads)
    scored = [
        (max(gains.values()), place, subject, gains)
        for place, subject in enumerate(eligible)
        if subject in chances and (gains := _gains(calibration, chances[subject], subject, eligible[subject]))
    ]
    found: list[NextReview[S, R]] = []
    for _, _, subject, gains in sorted(scored, key=lambda row: (-row[0], row[1])):
        free = {reader: gain for reader, gain in gains.items() if cap is None or now.get(reader, 0) < cap}
        if not free or len(found) == limit:
            continue
        best = max(free.values())
        alike = [reader for reader, gain in free.items() if gain >= ALIKE * best]
        chosen = min(alike, key=lambda reader: (now.get(reader, 0), eligible[subject][reader]))
        now[chosen] = now.get(chosen, 0) + 1
        found.append(NextReview(subject, chosen, chances[subject], free[chosen]))
    return sorted(found, key=lambda one: -one.gain)


def _gains(
    calibration: Calibration[S, R], probability: float, subject: S, readers: Mapping[R, float]
) -> dict[R, float]:
    variance = calibration.subjects[subject].se ** 2
    noise, unknown = calibration.variances.noise, calibration.variances.reviewer
    found = {}
    for reader in readers:
        known = calibration.reviewers.get(reader)
        doubt = known.se**2 if known is not None else unknown
        if (gain := gain_of(probability, variance, noise + doubt)) > 0:
            found[reader] = gain
    return found
