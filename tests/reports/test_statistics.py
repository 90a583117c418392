"""Small numbers, honestly: intervals, medians, hidden cells."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mats_portal.reports.statistics import SMALL, ordered_median, share, suppress, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (1, 72, 0.00246, 0.07457),
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        (31, 381, 0.05786, 0.11314),
        (50, 100, 0.40383, 0.59617),
    ],
)
def test_wilson_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_contains_the_share_and_stays_between_none_and_all(pair: tuple[int, int]) -> None:
    k, n = pair
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert high > low
    other_low, other_high = wilson(n - k, n)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-9)


@given(st.integers(1, 500), st.integers(0, 500))
def test_wilson_narrows_with_more_people(n: int, k: int) -> None:
    k = min(k, n)
    narrow, wide = wilson(4 * k, 4 * n), wilson(k, n)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@pytest.mark.parametrize(("k", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_share(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(k, n)


def test_share_of_nobody_says_nothing() -> None:
    assert share(0, 0).fraction is None
    assert share(0, 0).low is None
    assert share(3, 4).fraction == 0.75


@pytest.mark.parametrize(
    ("counts", "unknown", "value", "lowest", "highest"),
    [
        ([("a", 3), ("b", 1), ("c", 3)], 0, "b", "b", "b"),
        ([("a", 3), ("b", 1), ("c", 3)], 3, "b", "a", "c"),
        ([("a", 1), ("b", 1)], 0, "a", "a", "a"),
        ([("a", 0), ("b", 5)], 100, "b", "b", "b"),
    ],
)
def test_median_of_ordered_answers(
    counts: list[tuple[str, int]], unknown: int, value: str, lowest: str, highest: str
) -> None:
    median = ordered_median(counts, unknown)
    assert median is not None
    assert (median.value, median.lowest, median.highest, median.unknown) == (value, lowest, highest, unknown)


def test_median_of_no_answers_is_none() -> None:
    assert ordered_median([("a", 0)], 7) is None


@given(st.lists(st.integers(0, 20), min_size=1, max_size=6).filter(any), st.integers(0, 10))
def test_median_lies_where_sorting_puts_it_and_bounds_are_reached(counts: list[int], unknown: int) -> None:
    labels = "abcdef"[: len(counts)]
    answers = [label for label, count in zip(labels, counts, strict=True) for _ in range(count)]
    median = ordered_median(list(zip(labels, counts, strict=True)), unknown)
    assert median is not None
    assert median.value == answers[(len(answers) - 1) // 2]
    present = answers[0], answers[-1]
    low = sorted([present[0]] * unknown + answers)
    high = sorted(answers + [present[1]] * unknown)
    assert median.lowest == low[(len(low) - 1) // 2]
    assert median.highest == high[(len(high) - 1) // 2]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1))
def test_suppression_shows_no_small_cell_and_changes_none(counts: dict[str, int]) -> None:
    shown = suppress(counts)
    assert list(shown) == list(counts)
    for label, count in shown.items():
        assert count is None or (count == counts[label] and (count == 0 or count >= SMALL))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 12), min_size=2))
def test_suppression_cannot_be_undone_from_the_total(counts: dict[str, int]) -> None:
    """Whoever knows the total and the shown cells has at least `SMALL` numbers for every hidden one."""
    total, shown = sum(counts.values()), suppress(counts)
    hidden = [label for label, count in shown.items() if count is None]
    if not hidden or total < SMALL:
        return
    rest = total - sum(count for count in shown.values() if count is not None)
    least = 0 if all(count is None for count in shown.values()) else 1
    ways = [
        way for way in product(range(least, rest + 1), repeat=len(hidden)) if sum(way) == rest
    ]  # every table that fits what is shown
    for position in range(len(hidden)):
        assert len({way[position] for way in ways}) >= SMALL


def test_suppression_leaves_large_tables_alone() -> None:
    assert suppress({"a": 30, "b": 0, "c": 5}) == {"a": 30, "b": 0, "c": 5}


def test_suppression_without_a_total_hides_the_small_cells_only() -> None:
    assert suppress({"a": 2, "b": 7}, total_is_known=False) == {"a": None, "b": 7}


def test_interval_of_a_half_narrows_as_theory_says() -> None:
    low, high = wilson(5_000, 10_000)
    assert high - low == pytest.approx(2 * 1.96 * math.sqrt(0.25 / 10_000), rel=1e-3)
