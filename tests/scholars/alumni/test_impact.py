"""The arithmetic of the claim: the seed's cases, and ranges that hold everywhere within their spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scholars.alumni.impact import Span, break_even_rate, break_even_share, net, with_unknown

counts = st.integers(0, 100)
unit = st.floats(0, 1)


@pytest.mark.parametrize(
    ("safety", "capabilities", "rate", "percent"),
    [(47, 5, 5, 2.1), (47, 5, 10, 1.1), (47, 1, 5, 0.4), (47, 1, 10, 0.2), (48, 6, 5, 2.5), (48, 6, 10, 1.25)],
)
def test_break_even_share_is_that_of_the_published_cases(
    safety: int, capabilities: int, rate: float, percent: float
) -> None:
    found = break_even_share(on_safety=safety, on_capabilities=capabilities, rate=rate)
    assert found is not None
    assert 100 * found == pytest.approx(percent, abs=0.05)


@pytest.mark.parametrize(("share", "rate"), [(0.02, 5.3), (0.05, 2.1), (0.10, 1.1), (0.25, 0.4), (0.50, 0.2)])
def test_break_even_rate_is_that_of_the_published_cases(share: float, rate: float) -> None:
    assert break_even_rate(on_safety=47, on_capabilities=5, share_safety=share) == pytest.approx(rate, abs=0.05)


def test_nobody_on_safety_has_no_break_even() -> None:
    assert break_even_share(on_safety=0, on_capabilities=3, rate=5) is None
    assert break_even_rate(on_safety=3, on_capabilities=3, share_safety=0) is None


def spans(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Span]:
    """Any span of such numbers."""
    return st.lists(numbers, min_size=2, max_size=2).map(lambda pair: Span(min(pair), max(pair)))


@given(
    spans(counts),
    spans(counts),
    spans(st.floats(1, 20)),
    spans(unit),
    spans(unit),
    st.lists(unit, min_size=5, max_size=5),
)
def test_net_holds_every_point_within_the_spans(
    safety: Span, capabilities: Span, rate: Span, share_s: Span, share_k: Span, where: list[float]
) -> None:
    reach = net(
        on_safety=safety, on_capabilities=capabilities, rate=rate, share_safety=share_s, share_capabilities=share_k
    )
    s, k, w, a_s, a_k = (
        span.low + part * (span.high - span.low)
        for span, part in zip((safety, capabilities, rate, share_s, share_k), where, strict=True)
    )
    assert reach.low - 1e-6 <= w * a_s * s - a_k * k <= reach.high + 1e-6


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_unknown_people_widen_the_range_and_never_narrow_it(known: int, others: int, unknown: int) -> None:
    reach = with_unknown(known=known, of_known=known + others, unknown=unknown)
    assert known <= reach.low + 1e-9
    assert reach.high == known + unknown
    if not unknown:
        assert reach == Span(known, known)


def test_span_goes_from_low_to_high() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Span(2, 1)
