"""The matching against exhaustive search, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentors.matching import Matching, Outcome, Pool, drawn_number, match

Lists = dict[str, list[str]]


@st.composite
def markets(draw: st.DrawFn) -> tuple[Lists, Lists, dict[str, int]]:
    """A few applicants and streams with random lists and seats."""
    applicants = [f"a{n}" for n in range(draw(st.integers(1, 4)))]
    streams = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    preferences = {a: draw(st.lists(st.sampled_from(streams), unique=True)) for a in applicants}
    rankings = {s: draw(st.lists(st.sampled_from(applicants), unique=True)) for s in streams}
    return preferences, rankings, {s: draw(st.integers(0, 2)) for s in streams}


@dataclass
class Market:
    """A market with everything that `match` knows: ties, shared seats, a ceiling, fixed pairs."""

    preferences: Lists
    rankings: Lists
    seats: dict[str, int]
    rules: dict[str, Any] = field(default_factory=dict)

    def match(self, **changed: Any) -> Matching[str, str]:
        """The matching, some of it changed."""
        return match(changed.pop("preferences", self.preferences), self.rankings, self.seats, **self.rules | changed)


@st.composite
def full_markets(draw: st.DrawFn, *, has_fixed: bool = True) -> Market:
    """Random markets with ties, two streams that share seats, all of them under a ceiling, and fixed pairs."""
    preferences, rankings, seats = draw(markets())
    breaks = {s: draw(st.lists(st.booleans(), min_size=len(r), max_size=len(r))) for s, r in rankings.items()}
    tiers = {s: [sum(own[: n + 1]) for n in range(len(own))] for s, own in breaks.items()}
    streams, pools = sorted(seats), []
    if len(streams) > 1 and draw(st.booleans()):
        pools.append(Pool(tuple(streams[:2]), draw(st.integers(0, 3))))
    rules: dict[str, Any] = {"tiers": tiers, "seed": draw(st.sampled_from("pqr")), "pools": pools}
    rules["cohort_seats"] = draw(st.one_of(st.none(), st.integers(0, 4)))
    fixed = {}
    if has_fixed and draw(st.booleans()):
        applicant = draw(st.sampled_from(sorted(preferences)))
        roomy = [s for s in preferences[applicant] if seats[s]]
        if roomy and rules["cohort_seats"] != 0 and all(pool.seats for pool in pools):
            fixed[applicant] = draw(st.sampled_from(roomy))
    return Market(preferences, rankings, seats, rules | {"fixed": fixed})


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


@given(full_markets())
@settings(max_examples=300, deadline=None)
def test_match_keeps_every_cap_and_leaves_no_pair_that_no_decision_explains(market: Market) -> None:
    matching = market.match()
    taken, fixed = matching.taken(), market.rules["fixed"]
    assert all(len(held) <= market.seats[s] for s, held in taken.items())
    assert all(sum(len(taken[s]) for s in pool.streams) <= pool.seats for pool in market.rules["pools"])
    ceiling = market.rules["cohort_seats"]
    assert ceiling is None or len(matching.pairs) <= ceiling
    assert all(matching.pairs[a] == s for a, s in fixed.items())
    assert matching.blocking_beside_fixed() == []
    for applicant, stream in matching.blocking_pairs():
        below = [matching.places[stream].get(a, 99) for a, s in fixed.items() if s == stream]
        assert applicant in fixed or max(below) > matching.places[stream][applicant]


@given(full_markets(has_fixed=False), st.data())
@settings(max_examples=300, deadline=None)
def test_honesty_pays_with_ties_and_shared_seats_too(market: Market, data: st.DataObject) -> None:
    honest = market.match().pairs
    liar = data.draw(st.sampled_from(sorted(market.preferences)))
    lie = data.draw(st.lists(st.sampled_from(sorted(market.seats)), unique=True))
    lied = market.match(preferences=market.preferences | {liar: lie}).pairs
    truth = market.preferences[liar]
    outcome = truth.index(lied[liar]) if lied.get(liar) in truth else len(truth)
    assert choice(market.preferences, liar, honest) <= outcome


@given(full_markets(has_fixed=False))
@settings(max_examples=100, deadline=None)
def test_whom_ties_leave_equal_the_draw_decides_and_nothing_else(market: Market) -> None:
    matching = market.match()
    for stream, order in matching.rankings.items():
        keys = [
            (tier, drawn_number(market.rules["seed"], a))
            for tier, a in zip(market.rules["tiers"][stream], order, strict=True)
        ]
        assert keys == sorted(keys)
        assert sorted(order) == sorted(market.rankings[stream])


@given(full_markets(), st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_applicants_come_changes_nothing(market: Market, random: Any) -> None:
    shuffled = list(market.preferences.items())
    random.shuffle(shuffled)
    assert market.match(preferences=dict(shuffled)).pairs == market.match().pairs


@given(full_markets())
@settings(max_examples=200, deadline=None)
def test_why_tells_the_truth_of_every_pair(market: Market) -> None:
    matching, fixed = market.match(), market.rules["fixed"]
    taken = matching.taken()
    for applicant, stream in product(market.preferences, market.seats):
        why = matching.why(applicant, stream)
        is_pair = matching.pairs.get(applicant) == stream
        assert (why.outcome in (Outcome.MATCHED, Outcome.FIXED)) == is_pair
        assert (why.outcome == Outcome.FIXED) == (fixed.get(applicant) == stream)
        if why.outcome == Outcome.DRAWN:
            tiers, places = market.rules["tiers"][stream], matching.places[stream]
            assert any(tiers[places[a]] == tiers[places[applicant]] for a in taken[stream] if a in places)
        if why.outcome == Outcome.GIVEN:
            assert set(taken[stream]) <= set(fixed)
        if why.outcome == Outcome.SHARED:
            (pool,) = market.rules["pools"]
            assert sum(len(taken[s]) for s in pool.streams) == pool.seats
        if why.outcome == Outcome.CEILING:
            assert len(matching.pairs) == market.rules["cohort_seats"]


def test_streams_that_share_seats_share_them_evenly() -> None:
    preferences = {"a": ["x"], "b": ["x"], "c": ["y"], "d": ["z"]}
    rankings = {"x": ["a", "b"], "y": ["c"], "z": ["d"]}
    matching = match(preferences, rankings, {"x": 2, "y": 1, "z": 1}, pools=[Pool(("x", "y"), 2)])
    assert matching.pairs == {"a": "x", "c": "y", "d": "z"}
    assert matching.why("b", "x").outcome == Outcome.SHARED
    assert matching.unfilled() == {"x": 1}


def test_a_fixed_pair_holds_its_seat_and_is_told_with_what_it_makes_blocking() -> None:
    preferences = {"a": ["x"], "b": ["x", "y"], "f": ["y", "x"]}
    rankings = {"x": ["a", "b"], "y": ["f", "b"]}
    matching = match(preferences, rankings, {"x": 1, "y": 1}, fixed={"f": "x"})
    assert matching.pairs == {"b": "y", "f": "x"}
    assert matching.blocking_pairs() == [("a", "x"), ("b", "x"), ("f", "y")]
    assert matching.blocking_beside_fixed() == []
    assert matching.why("a", "x").outcome == Outcome.GIVEN
    assert matching.why("f", "y").outcome == Outcome.FIXED_ELSEWHERE


def test_a_stream_that_holds_fewer_than_its_minimum_is_reported() -> None:
    matching = match({"a": ["x"]}, {"x": ["a"], "y": []}, {"x": 3, "y": 2}, minimum={"x": 2, "y": 2})
    assert matching.short() == {"x": 1}
    assert matching.unfilled() == {"x": 2, "y": 2}


@pytest.mark.parametrize(
    "rules",
    [
        {"tiers": {"x": [1]}},
        {"tiers": {"x": [2, 1]}},
        {"pools": [Pool(("x", "y"), 1), Pool(("y", "z"), 1)]},
        {"fixed": {"a": "x", "b": "x"}},
        {"fixed": {"a": "x"}, "cohort_seats": 0},
        {"fixed": {"nobody": "x"}},
        {"fixed": {"a": "nowhere"}},
    ],
)
def test_match_refuses_rules_that_cannot_be(rules: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        match({"a": ["x"], "b": ["x"]}, {"x": ["a", "b"]}, {"x": 1, "y": 1, "z": 1}, **rules)


def test_match_refuses_a_list_that_names_somebody_twice() -> None:
    with pytest.raises(ValueError):
        match({"a": ["x", "x"]}, {"x": ["a"]}, {"x": 1})
    with pytest.raises(ValueError):
        match({"a": ["x"]}, {"x": ["a", "a"]}, {"x": 1})


def test_match_passes_over_streams_without_seats_or_ranking() -> None:
    matching = match({"a": ["gone", "full", "x"]}, {"full": ["a"], "x": ["a"]}, {"full": 0, "x": 1})
    assert matching.pairs == {"a": "x"}
    assert matching.unmatched == []
