"""Means with their doubt, and the difference of two. Plain numbers in, plain numbers out; nothing here knows Django.

The intervals are Student's; that of a difference is Welch's, who does not assume that both groups
spread alike (B. L. Welch, "The generalization of 'Student's' problem when several different population
variances are involved", Biometrika 34 (1947) 28–35).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance
from typing import TYPE_CHECKING

from mats_portal.web.late import late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = late("scipy.stats")

TWO_SIDED = 0.975


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, or a difference of two, with its 95 % interval; no interval where the spread cannot be estimated."""

    n: int
    value: float
    low: float | None
    high: float | None

    @property
    def tells_a_side(self) -> bool:
        """Whether the whole interval lies on one side of nought."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def mean(values: Sequence[float]) -> Mean | None:
    """The mean of the values; None of none. One value has no interval."""
    if not values:
        return None
    value = fmean(values)
    if len(values) < 2:
        return Mean(1, value, None, None)
    reach = float(stats.t.ppf(TWO_SIDED, len(values) - 1)) * sqrt(variance(values) / len(values))
    return Mean(len(values), value, value - reach, value + reach)


def difference(first: Sequence[float], second: Sequence[float]) -> Mean | None:
    """How much higher the first group's mean is than the second's; None unless both have at least two values.

    Without any spread in either group there is no interval.
    """
    if min(len(first), len(second)) < 2:
        return None
    value, n = fmean(first) - fmean(second), len(first) + len(second)
    errors = [variance(group) / len(group) for group in (first, second)]
    if not sum(errors):
        return Mean(n, value, None, None)
    weights = [error**2 / (len(group) - 1) for error, group in zip(errors, (first, second), strict=True)]
    reach = float(stats.t.ppf(TWO_SIDED, sum(errors) ** 2 / sum(weights))) * sqrt(sum(errors))
    return Mean(n, value, value - reach, value + reach)
