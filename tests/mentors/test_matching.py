"""The matching against exhaustive search, and what it promises."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentors.matching import Matching, Outcome, match

Lists = dict[str, list[str]]


@st.composite
def markets(draw: st.DrawFn) -> tuple[Lists, Lists, dict[str, int]]:
    """A few applicants and streams with random lists and seats."""
    applicants = [f"a{n}" for n in range(draw(st.integers(1, 4)))]
    streams = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    preferences = {a: draw(st.lists(st.sampled_from(streams), unique=True)) for a in applicants}
    rankings = {s: draw(st.lists(st.sampled_from(applicants), unique=True)) for s in streams}
    return preferences, rankings, {s: draw(st.integers(0, 2)) for s in streams}


def every_stable(preferences: Lists, rankings: Lists, seats: dict[str, int]) -> list[dict[str, str]]:
    """All stable matchings, by trying every assignment there is."""
    choices = [[None, *(s for s in wishes if a in rankings.get(s, []))] for a, wishes in preferences.items()]
    found = []
    for pick in product(*choices):
        pairs = {a: s for a, s in zip(preferences, pick, strict=True) if s}
        if all(list(pairs.values()).count(s) <= number for s, number in seats.items()):
            places = {s: {a: n for n, a in enumerate(order)} for s, order in rankings.items()}
            if not Matching(pairs, preferences, rankings, seats, None, places).blocking_pairs():
                found.append(pairs)
    return found


def choice(preferences: Lists, applicant: str, pairs: dict[str, str]) -> int:
    """How far down the applicant's list the outcome is; unmatched is last."""
    return preferences[applicant].index(pairs[applicant]) if applicant in pairs else len(preferences[applicant])


@given(markets())
@settings(max_examples=150, deadline=None)
def test_match_is_the_stable_matching_that_is_best_for_every_applicant(market: tuple[Lists, Lists, dict]) -> None:
    preferences, rankings, seats = market
    pairs = match(preferences, rankings, seats).pairs
    stable = every_stable(preferences, rankings, seats)
    assert pairs in stable
    for other in stable:
        assert all(choice(preferences, a, pairs) <= choice(preferences, a, other) for a in preferences)


@given(markets(), st.data(), st.one_of(st.none(), st.integers(0, 4)))
@settings(max_examples=150, deadline=None)
def test_match_rewards_no_applicant_for_hiding_their_order(
    market: tuple[Lists, Lists, dict], data: st.DataObject, ceiling: int | None
) -> None:
    preferences, rankings, seats = market
    honest = match(preferences, rankings, seats, cohort_seats=ceiling).pairs
    liar = data.draw(st.sampled_from(sorted(preferences)))
    lie = data.draw(st.lists(st.sampled_from(sorted(seats)), unique=True))
    lied = match(preferences | {liar: lie}, rankings, seats, cohort_seats=ceiling).pairs
    outcome = preferences[liar].index(lied[liar]) if lied.get(liar) in preferences[liar] else len(preferences[liar])
    assert choice(preferences, liar, honest) <= outcome


@given(markets(), st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_match_keeps_below_every_ceiling_and_fills_what_it_can(market: tuple[Lists, Lists, dict], ceiling: int) -> None:
    preferences, rankings, seats = market
    matching = match(preferences, rankings, seats, cohort_seats=ceiling)
    assert len(matching.pairs) <= ceiling
    assert all(len(held) <= seats[s] for s, held in matching.taken().items())
    assert matching.blocking_pairs() == []
    assert len(matching.pairs) == min(ceiling, len(match(preferences, rankings, seats).pairs))


@given(markets(), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_why_agrees_with_the_matching(market: tuple[Lists, Lists, dict], ceiling: int) -> None:
    preferences, rankings, seats = market
    matching = match(preferences, rankings, seats, cohort_seats=ceiling)
    for applicant, stream in product(preferences, seats):
        why = matching.why(applicant, stream)
        assert (why.outcome == Outcome.MATCHED) == (matching.pairs.get(applicant) == stream)
        if why.outcome == Outcome.OUTRANKED:
            assert why.rank is not None
            assert why.last_taken is not None
            assert why.rank > why.last_taken
        if why.outcome == Outcome.CEILING:
            assert len(matching.pairs) == ceiling


def test_match_spreads_the_seats_of_a_small_cohort_over_the_streams() -> None:
    preferences = {"a": ["x"], "b": ["x"], "c": ["x"], "d": ["y"]}
    rankings = {"x": ["a", "b", "c"], "y": ["d"]}
    matching = match(preferences, rankings, {"x": 3, "y": 1}, cohort_seats=2)
    assert matching.pairs == {"a": "x", "d": "y"}
    assert matching.why("b", "x").outcome == Outcome.CEILING


def test_match_refuses_a_list_that_names_somebody_twice() -> None:
    with pytest.raises(ValueError):
        match({"a": ["x", "x"]}, {"x": ["a"]}, {"x": 1})
    with pytest.raises(ValueError):
        match({"a": ["x"]}, {"x": ["a", "a"]}, {"x": 1})


def test_match_passes_over_streams_without_seats_or_ranking() -> None:
    matching = match({"a": ["gone", "full", "x"]}, {"full": ["a"], "x": ["a"]}, {"full": 0, "x": 1})
    assert matching.pairs == {"a": "x"}
    assert matching.unmatched == []
