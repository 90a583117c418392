"""How far two orders agree, and how well a score tells two groups apart. Plain data in, plain data out.

Spearman's rho and Kendall's tau-b with the intervals of E. C. Fieller, H. O. Hartley and E. S. Pearson ("Tests for
rank correlation coefficients. I", Biometrika 44 (1957) 470–481): Fisher's z with variance 1.06/(n−3) and
0.437/(n−4). AUC with the interval of E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson ("Comparing the areas
under two or more correlated ROC curves", Biometrics 44 (1988) 837–845), on the scale of its log odds, which keeps it
between 0 and 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atanh, exp, log, sqrt, tanh
from statistics import fmean, variance
from typing import TYPE_CHECKING

from mats_portal.reports.statistics import Z_95
from mats_portal.web.late import late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = late("scipy.stats")

FEWEST = 5  # Below it an interval of a rank correlation says nothing.


@dataclass(frozen=True, slots=True)
class Agreement:
    """An estimate from n pairs (of an AUC: n values in both groups), with its 95 % interval."""

    n: int
    value: float
    low: float
    high: float


def spearman(first: Sequence[float], second: Sequence[float]) -> Agreement | None:
    """The correlation of the ranks, ties shared; None for fewer than 5 pairs or when one side does not vary."""
    return _correlation(first, second, 1.06, 3, lambda: float(stats.spearmanr(first, second).statistic))


def kendall(first: Sequence[float], second: Sequence[float]) -> Agreement | None:
    """Tau-b: pairs in the same order less pairs in the other one; None as for `spearman`."""
    return _correlation(first, second, 0.437, 4, lambda: float(stats.kendalltau(first, second).statistic))


def _correlation(
    first: Sequence[float], second: Sequence[float], spread: float, lost: int, estimate: Callable[[], float]
) -> Agreement | None:
    if len(first) != len(second):
        raise ValueError("every value needs its partner")
    n = len(first)
    if n < FEWEST or len(set(first)) < 2 or len(set(second)) < 2:
        return None
    value = estimate()
    bounded = max(min(value, 0.999), -0.999)  # Perfect agreement of a few is no certainty.
    centre, reach = atanh(bounded), Z_95 * sqrt(spread / (n - lost))
    return Agreement(n, value, tanh(centre - reach), tanh(centre + reach))


def auc(chosen: Sequence[float], others: Sequence[float]) -> Agreement | None:
    """The chance that one of the chosen scores higher than one of the others, ties counted half.

    None unless both groups have at least two members.
    """
    if min(len(chosen), len(others)) < 2:
        return None
    above, below = _shares(chosen, others), _shares(others, chosen)
    value = fmean(above)
    error = sqrt(variance(above) / len(chosen) + variance(below) / len(others))
    # With complete separation the variance is 0; half a pair's doubt is added, as for a share of none.
    bounded = min(max(value, 0.5 / len(chosen) / len(others)), 1 - 0.5 / len(chosen) / len(others))
    error = max(error, 0.5 / min(len(chosen), len(others)))
    centre, reach = log(bounded / (1 - bounded)), Z_95 * error / (bounded * (1 - bounded))
    return Agreement(len(chosen) + len(others), value, _odds(centre - reach), _odds(centre + reach))


def _shares(values: Sequence[float], against: Sequence[float]) -> list[float]:
    """For each value, the share of the others that lie below it, ties counted half."""
    order = sorted(against)
    return [(bisect_left(order, value) + bisect_right(order, value)) / 2 / len(order) for value in values]


def _odds(logit: float) -> float:
    return 1 / (1 + exp(-max(min(logit, 500.0), -500.0)))
