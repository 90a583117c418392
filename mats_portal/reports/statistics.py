"""Honest small numbers: shares with their interval, medians of ordered answers, cells too small to show.

Plain data in, plain data out; nothing here knows Django.

The interval is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", J. Am. Stat. Assoc. 22 (1927) 209–212), which L. D. Brown,
T. T. Cai and A. DasGupta ("Interval estimation for a binomial proportion", Stat. Sci.
16 (2001) 101–133) recommend for small n: it never leaves 0 to 1 and does not collapse
when nobody, or everybody, said yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

Label = TypeVar("Label")

Z_95 = 1.959963984540054
SMALL = 5  # a count below this could point at a person


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, with the 95 % interval of the share; without an interval when n is 0."""

    k: int
    n: int
    low: float | None
    high: float | None

    @property
    def fraction(self) -> float | None:
        """k / n, None of nothing."""
        return self.k / self.n if self.n else None


def wilson(k: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The interval of a share of k in n. Raises ValueError unless 0 ≤ k ≤ n and n > 0."""
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share")
    p, spread = k / n, z * z / n
    centre = p + spread / 2
    reach = z * sqrt(p * (1 - p) / n + spread / (4 * n))
    low = 0.0 if k == 0 else (centre - reach) / (1 + spread)
    high = 1.0 if k == n else (centre + reach) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)


def share(k: int, n: int) -> Share:
    """k of n with its interval; n may be 0, then k is 0 too and there is nothing to say."""
    if n == 0 and k == 0:
        return Share(0, 0, None, None)
    return Share(k, n, *wilson(k, n))


@dataclass(frozen=True, slots=True)
class Median:
    """The middle answer of those who gave one, and where it could lie had the others answered, too."""

    value: str
    lowest: str
    highest: str
    n: int
    unknown: int


def ordered_median(counts: Sequence[tuple[str, int]], unknown: int = 0) -> Median | None:
    """The lower median of answers counted in their order; None when nobody answered.

    lowest and highest: the median if all unknown answers were the first, or the last.
    """
    n = sum(count for _, count in counts)
    if n == 0:
        return None
    everyone = n + unknown
    return Median(
        value=_at(counts, (n + 1) // 2),
        lowest=_at(counts, max((everyone + 1) // 2 - unknown, 1)),
        highest=_at(counts, min((everyone + 1) // 2, n)),
        n=n,
        unknown=unknown,
    )


def _at(counts: Sequence[tuple[str, int]], position: int) -> str:
    """The answer at a position (from 1) in the sorted row of all answers."""
    passed = 0
    for label, count in counts:
        passed += count
        if passed >= position:
            return label
    raise ValueError("the position lies beyond the last answer")


def suppress(
    counts: Mapping[Label, int], *, threshold: int = SMALL, total_is_known: bool = True
) -> dict[Label, int | None]:
    """Hide (None) counts from 1 to threshold − 1, and more where a hidden one could be worked out.

    When each person is in one cell and the total is printed, the hidden cells' sum is
    known. The smallest shown cells are then hidden, too, until every hidden cell could
    be any of at least `threshold` numbers; in the end the zeros, too. A total below the
    threshold cannot be protected so: then show neither cells nor total.
    total_is_known=False: people may be in several cells, or no total is shown.
    """
    hidden = {label for label, count in counts.items() if 0 < count < threshold}
    if hidden and total_is_known:
        rest = sorted((count, index) for index, (label, count) in enumerate(counts.items()) if label not in hidden)
        labels = list(counts)
        for count, index in rest:
            if _is_safe([counts[label] for label in hidden], threshold):
                break
            if count > 0:
                hidden.add(labels[index])
        if not _is_safe([counts[label] for label in hidden], threshold):
            hidden = set(counts)
    return {label: None if label in hidden else count for label, count in counts.items()}


def _is_safe(hidden: Sequence[int], threshold: int) -> bool:
    """Whether cells of at least one person each, of this sum, could each be `threshold` different numbers."""
    return len(hidden) > 1 and sum(hidden) - len(hidden) + 1 >= threshold
