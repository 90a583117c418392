"""How far scorers agree, and whether one of them drifts. Pure: plain data in, plain data out.

- Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011): alpha = 1 - observed /
  expected disagreement, for any number of scorers, missing scores left out; the interval's limits come from
  drawing units anew (Zapf, Castell, Morawietz, Karch, BMC Medical Research Methodology 16, 2016).
- Shrout and Fleiss, "Intraclass Correlations" (Psychological Bulletin 86, 1979): one score, and the mean of k.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mats_portal.rubrics.calibration import Variances
from mats_portal.web.late import late

if TYPE_CHECKING:
    import numpy as np
else:
    np = late("numpy")

Level = Literal["nominal", "ordinal", "interval"]
DRAWS = 400
LEAST_FOR_DRIFT = 8


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement: 1 is full, 0 is what chance gives; with its 95 % interval, and the units and scores it rests on."""

    value: float
    low: float
    high: float
    units: int
    scores: int

    @property
    def words(self) -> str:
        """The interval and what it rests on."""
        return f"{self.low:.2f} to {self.high:.2f}, n = {self.units:,}"


def krippendorff_alpha(scores: Iterable[tuple[Hashable, float]], level: Level = "interval") -> Alpha | None:
    """Krippendorff's alpha of (unit, score) pairs; who gave a score does not matter to it.

    Units with one score say nothing of agreement and are left out. None where nothing can be said: fewer than
    two units with two scores, or no two scores that differ.
    """
    by_unit: dict[Hashable, list[float]] = {}
    for unit, score in scores:
        by_unit.setdefault(unit, []).append(score)
    paired = [values for values in by_unit.values() if len(values) > 1]
    if len(paired) < 2:
        return None
    values = np.array([value for several in paired for value in several], dtype=float)
    sizes = np.array([len(several) for several in paired])
    units = np.repeat(np.arange(len(paired)), sizes)
    parts = _by_category(values, units, len(paired)) if level == "nominal" else _by_distance(values, units, level)
    value = _alpha(sizes, *parts, np.ones((1, len(sizes))))[0]
    if not np.isfinite(value):
        return None
    drawn = np.random.default_rng(1).multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), size=DRAWS)
    found = _alpha(sizes, *parts, drawn.astype(float))
    low, high = np.quantile(found[np.isfinite(found)], (0.025, 0.975))
    return Alpha(float(value), float(low), float(high), len(sizes), int(sizes.sum()))


def _by_distance(values: Any, units: Any, level: Level) -> tuple[Any, Any]:
    """For each unit its sums and its sums of squares; an ordinal scale is measured by middle ranks."""
    if level == "ordinal":
        _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
        values = (np.cumsum(counts) - counts / 2)[which]
    values = values - values.mean()
    return np.bincount(units, weights=values)[:, None], np.bincount(units, weights=values**2)


def _by_category(values: Any, units: Any, height: int) -> tuple[Any, Any]:
    """The same for categories: each as a coordinate of 0 or 1, of which a pair that differs differs in two."""
    kinds, which = np.unique(values, return_inverse=True)
    counts = np.zeros((height, len(kinds)))
    np.add.at(counts, (units, which), 1.0)
    return counts, counts.sum(axis=1)


def _alpha(sizes: Any, sums: Any, squares: Any, weights: Any) -> Any:
    """Alpha for each row of weights (how often each unit counts): from n·Σx² − (Σx)², within units and over all."""
    within = (sizes * squares - (sums**2).sum(axis=1)) / (sizes - 1)
    n = weights @ sizes
    overall = (n * (weights @ squares) - ((weights @ sums) ** 2).sum(axis=1)) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - (weights @ within) / np.where(overall > 0, overall, np.nan)


def reliability_of_mean(variances: Variances, reviews: int) -> float:
    """The intraclass correlation of the mean of so many reviews, each by somebody else (ICC(2,k))."""
    rest = (variances.reviewer + variances.noise) / reviews
    total = variances.subject + rest
    return variances.subject / total if total > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Drift:
    """How a scorer changed from their first to their last score, in points, with its standard error."""

    change: float
    se: float
    scores: int

    @property
    def is_clear(self) -> bool:
        """Whether the change is more than chance, at the 99 % level (there are many scorers to look at)."""
        return abs(self.change) > 2.58 * self.se

    @property
    def words(self) -> str:
        """The change in words."""
        return f"{abs(self.change):.1f} {'more lenient' if self.change > 0 else 'harsher'}"


def drift(residuals: Sequence[float]) -> Drift | None:
    """The straight line through what is left of a scorer's scores, in the order they were given; None below eight.

    residuals: score minus what the calibration expects of this scorer for this subject.
    """
    n = len(residuals)
    if n < LEAST_FOR_DRIFT:
        return None
    time, values = np.linspace(-0.5, 0.5, n), np.asarray(residuals, dtype=float)
    spread = float(time @ time)
    slope = float(time @ values) / spread
    left = values - values.mean() - slope * time
    return Drift(slope, float(np.sqrt(left @ left / (n - 2) / spread)), n)
