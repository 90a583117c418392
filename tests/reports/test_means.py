"""Means and differences against values worked out elsewhere."""

from __future__ import annotations

import pytest

from mats_portal.reports.means import difference, mean


def test_mean_has_students_interval() -> None:
    found = mean([1.0, 2.0, 3.0, 4.0, 5.0])
    assert found is not None
    # t(0.975, 4) = 2.776445; s = 1.581139; s / √5 = 0.707107
    assert (found.n, found.value) == (5, 3.0)
    assert found.low == pytest.approx(3 - 1.963243, abs=1e-5)
    assert found.high == pytest.approx(3 + 1.963243, abs=1e-5)


def test_mean_of_one_has_no_interval_and_of_none_is_none() -> None:
    one = mean([4.0])
    assert one is not None
    assert (one.low, one.high) == (None, None)
    assert mean([]) is None


def test_difference_is_welchs() -> None:
    found = difference([3.0, 4.0, 5.0, 4.0], [2.0, 3.0, 2.0, 3.0, 2.0])
    assert found is not None
    # s²/n: 0.166667 and 0.06, so 5.057 degrees of freedom and t = 2.56186
    assert found.value == pytest.approx(1.6)
    assert found.low == pytest.approx(1.6 - 2.56186 * 0.476095, abs=1e-4)
    assert found.high == pytest.approx(1.6 + 2.56186 * 0.476095, abs=1e-4)
    assert found.tells_a_side


def test_difference_needs_two_in_each_and_some_spread() -> None:
    assert difference([1.0], [1.0, 2.0]) is None
    same = difference([3.0, 3.0], [2.0, 2.0])
    assert same is not None
    assert not same.tells_a_side


def test_difference_of_like_groups_tells_no_side() -> None:
    found = difference([1.0, 5.0, 3.0], [2.0, 4.0, 3.1])
    assert found is not None
    assert not found.tells_a_side
