"""How many of the offers that wait will be accepted. Pure: plain data in, plain data out.

Each stream's rate of acceptance is one draw from a beta distribution whose mean is the rate of all past offers: a
stream with few answers is believed less than one with many. What is still open is then beta-binomial (J. G. Skellam, "A
probability distribution derived from the binomial distribution by regarding the probability of success as
variable between the sets of trials", J. R. Stat. Soc. B 10 (1948) 257–261). The sum over streams is taken exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, lgamma

GUESS = 0.85  # Said of offers when nobody has answered one yet; the reports of comparable programmes lie around it.
WEIGHT = 10.0  # How many answers of its own a stream needs to count as much as all others together.
FEW = 20  # Below so many past answers the forecast says that it is a guess.
TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one stream: past offers that were accepted, all past offers that ended, and offers that wait."""

    accepted: int
    ended: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many of `waiting` will accept: expected, and the 90 % interval. n: answers that it was learnt from."""

    waiting: int
    expected: float
    low: int
    high: int
    n: int

    @property
    def is_guess(self) -> bool:
        """Whether too few have answered so far to call it more than a guess."""
        return self.n < FEW


def forecast(streams: Mapping[str, Answers]) -> Forecast:
    """The forecast over all streams. Raises ValueError when more were accepted than ended."""
    if any(one.accepted > one.ended or one.accepted < 0 or one.waiting < 0 for one in streams.values()):
        raise ValueError("more accepted than ended")
    n = sum(one.ended for one in streams.values())
    rate = (sum(one.accepted for one in streams.values()) + GUESS * 2) / (n + 2)
    total, expected = [1.0], 0.0
    for one in streams.values():
        a, b = WEIGHT * rate + one.accepted, WEIGHT * (1 - rate) + one.ended - one.accepted
        expected += one.waiting * a / (a + b)
        total = _sum(total, beta_binomial(one.waiting, a, b))
    return Forecast(len(total) - 1, expected, _quantile(total, TAIL), _quantile(total, 1 - TAIL), n)


def beta_binomial(n: int, a: float, b: float) -> list[float]:
    """The chance of 0, 1, … n acceptances of n when the rate is beta distributed with a, b > 0."""

    def log_beta(x: float, y: float) -> float:
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    def choose(k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    return [exp(choose(k) + log_beta(k + a, n - k + b) - log_beta(a, b)) for k in range(n + 1)]


def _sum(first: list[float], second: list[float]) -> list[float]:
    """The distribution of the sum of two independent counts."""
    found = [0.0] * (len(first) + len(second) - 1)
    for i, p in enumerate(first):
        for j, q in enumerate(second):
            found[i + j] += p * q
    return found


def _quantile(chances: list[float], share: float) -> int:
    """The smallest count up to which at least `share` of the chance lies."""
    passed = 0.0
    for count, chance in enumerate(chances):
        passed += chance
        if passed >= share - 1e-12:
            return count
    return len(chances) - 1
