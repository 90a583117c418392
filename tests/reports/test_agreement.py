"""Rank correlations and AUC against their definitions, with intervals that keep what they promise."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mats_portal.reports.agreement import auc, kendall, spearman

scores = st.lists(st.integers(0, 6).map(float), min_size=2, max_size=12)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(scores, scores)
def test_auc_counts_pairs_with_ties_half(chosen: list[float], others: list[float]) -> None:
    found = auc(chosen, others)
    assert found is not None
    pairs = [(a > b) + (a == b) / 2 for a, b in product(chosen, others)]
    assert found.value == pytest.approx(sum(pairs) / len(pairs))
    assert 0 <= found.low <= found.high <= 1
    turned = auc(others, chosen)
    assert turned is not None
    assert turned.value == pytest.approx(1 - found.value)


def test_too_few_say_nothing() -> None:
    assert auc([1.0], [2.0, 3.0]) is None
    assert spearman([1, 2, 3, 4], [1, 2, 3, 4]) is None
    assert kendall([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]) is None
    with pytest.raises(ValueError, match="partner"):
        spearman([1, 2], [1])


@pytest.mark.parametrize("measure", [spearman, kendall])
def test_the_same_and_the_reversed_order_are_the_ends(measure: object) -> None:
    order = [float(number) for number in range(8)]
    same, reverse = measure(order, order), measure(order, order[::-1])  # type: ignore[operator]
    assert (same.value, reverse.value) == (pytest.approx(1), pytest.approx(-1))
    assert same.low < 1
    assert reverse.high > -1


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """The AUC of two normals one apart is 0.76: the interval of 400 samples of 60 holds it 90 to 99 times in 100."""
    chance, truth, held = random.Random(5), 0.7602, 0
    for _ in range(400):
        found = auc([chance.gauss(1, 1) for _ in range(30)], [chance.gauss(0, 1) for _ in range(30)])
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.90 <= held / 400 <= 0.99
