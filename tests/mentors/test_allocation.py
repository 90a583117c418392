"""The assignment is even, complete where it can be, and cheapest among the even ones."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentors.allocation import allocate


def test_allocate_spreads_the_load_evenly() -> None:
    eligible = {item: dict.fromkeys("abcd", 0.5) for item in range(10)}
    found = allocate(dict.fromkeys(range(10), 2), eligible, {})
    assert sorted(Counter(reader for _, reader in found.pairs).values()) == [5, 5, 5, 5]
    assert len(set(found.pairs)) == 20


def test_allocate_counts_what_readers_have_already() -> None:
    eligible = {item: dict.fromkeys("ab", 0.5) for item in range(4)}
    found = allocate(dict.fromkeys(range(4), 1), eligible, {"a": 4})
    assert Counter(reader for _, reader in found.pairs) == {"b": 4}


def test_allocate_prefers_the_better_fit_at_equal_load() -> None:
    found = allocate({1: 1, 2: 1}, {1: {"a": 0.0, "b": 1.0}, 2: {"a": 1.0, "b": 0.0}}, {})
    assert set(found.pairs) == {(1, "a"), (2, "b")}


def test_allocate_says_who_lacks_readers() -> None:
    found = allocate({1: 2, 2: 1}, {1: {"a": 0.0}, 2: {}}, {})
    assert found.pairs == [(1, "a")]
    assert found.short == {1: 1, 2: 1}


def test_allocate_keeps_the_cap() -> None:
    eligible = {item: {"a": 0.0, "b": 0.5} for item in range(6)}
    found = allocate(dict.fromkeys(range(6), 1), eligible, {"a": 1}, cap=2)
    assert Counter(reader for _, reader in found.pairs) == {"a": 1, "b": 2}
    assert sum(found.short.values()) == 3


def test_allocate_refuses_a_cost_outside_its_range() -> None:
    with pytest.raises(ValueError):
        allocate({1: 1}, {1: {"a": 2.0}}, {})


def load_cost(pairs: tuple[tuple[int, str], ...]) -> int:
    """How uneven the pairs are: the sum of squares of the loads."""
    return sum(n * n for n in Counter(reader for _, reader in pairs).values())


@given(st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=5), st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_allocate_is_as_complete_and_as_even_as_any(eligible: list[set[str]], readers: int) -> None:
    edges = [(item, reader) for item, who in enumerate(eligible) for reader in sorted(who)]
    wanted = dict.fromkeys(range(len(eligible)), readers)
    found = allocate(wanted, {item: dict.fromkeys(sorted(who), 0.5) for item, who in enumerate(eligible)}, {})
    most = sum(min(readers, len(who)) for who in eligible)
    assert len(found.pairs) == most
    fitting = (
        pairs
        for pairs in combinations(edges, most)
        if all(n <= readers for n in Counter(item for item, _ in pairs).values())
    )
    assert load_cost(tuple(found.pairs)) == min(load_cost(pairs) for pairs in fitting)
