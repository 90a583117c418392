"""The claimed impact, as arithmetic with its assumptions in sight. Pure.

The claim: one more person on safety is worth 5 to 10 on capabilities. With s people
on safety and k on capabilities, of whom the shares a_s and a_k would not be there
otherwise, and the exchange rate w,

    net = w * a_s * s - a_k * k        in units of one median capabilities researcher.

Nobody has measured w or a_s, so nothing here returns one number: results are ranges
and break-even points. No person ever gets a value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From low to high; both ends are meant."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("A span goes from low to high.")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that somebody assumed: who, when, and that it is not measured."""

    name: str
    span: Span
    author: str
    when: str


EXCHANGE_RATE = Assumption(
    "What one person on safety is worth, in people on capabilities", Span(5, 10), "R. Kidd, a judgement", "May 2023"
)
ADDITIONALITY_SHOWN = (0.02, 0.05, 0.10, 0.25, 0.50)


def break_even_share(
    *, on_safety: int, on_capabilities: int, rate: float, share_capabilities: float = 1
) -> float | None:
    """The share of those on safety who must be there because of the programme, for the sum to be nought.

    None when nobody is on safety: no share is enough. The worst case counts everybody on
    capabilities as caused by the programme (`share_capabilities=1`).
    """
    if on_safety <= 0:
        return None
    return share_capabilities * on_capabilities / (rate * on_safety)


def break_even_rate(
    *, on_safety: int, on_capabilities: int, share_safety: float, share_capabilities: float = 1
) -> float | None:
    """The exchange rate at which the sum is nought; None when nobody is on safety because of the programme."""
    if on_safety <= 0 or share_safety <= 0:
        return None
    return share_capabilities * on_capabilities / (share_safety * on_safety)


def net(*, on_safety: Span, on_capabilities: Span, rate: Span, share_safety: Span, share_capabilities: Span) -> Span:
    """The least and the most that the formula gives anywhere within the spans."""
    return Span(
        rate.low * share_safety.low * on_safety.low - share_capabilities.high * on_capabilities.high,
        rate.high * share_safety.high * on_safety.high - share_capabilities.low * on_capabilities.low,
    )


def with_unknown(*, known: int, of_known: int, unknown: int) -> Span:
    """How many of a kind there may be among all: with the known mix for those who are not known, or all of them.

    known: how many of the kind; of_known: of how many who are known; unknown: the rest.
    """
    same_mix = known + (unknown * known / of_known if of_known else 0)
    return Span(min(same_mix, known + unknown), known + unknown)
