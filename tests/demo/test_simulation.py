"""The invented part of a demo: figures as published, and the same world from the same seed."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from demo.simulation.outcomes import simulate_outcomes
from demo.simulation.programme import simulate_plans, simulate_support, simulate_switches
from demo.simulation.reviews import simulate_reviews
from demo.simulation.selection import simulate_selection
from demo.simulation.shapes import SIXTY_BY_EDUCATION, Applied, Selection, in_proportion

SEATS = dict(zip("abcdefghijklmno", (2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 6, 6), strict=True))
SEEDS = st.integers(min_value=0, max_value=10_000)


def applications(seed: int, number: int = 430) -> list[Applied]:
    """Plausible applications: every education, one to eight streams."""
    chance = random.Random(seed)
    return [
        Applied(
            key=f"p{n}",
            education=chance.choice([*SIXTY_BY_EDUCATION, "professor"]),
            streams=tuple(chance.sample(sorted(SEATS), chance.choice((1, 1, 2, 2, 3, 4, 6, 8)))),
            words=chance.randrange(3000),
        )
        for n in range(number)
    ]


def matched(applied: list[Applied], selection: Selection) -> dict[str, str]:
    """Applicants propose, streams hold the best: the textbook, in a dozen lines."""
    place = {name: {key: n for n, key in enumerate(keys)} for name, keys in selection.rankings.items()}
    wishes = {
        one.key: [name for name in one.streams if place[name].get(one.key, 999) < selection.bar[name]]
        for one in applied
    }
    held: dict[str, list[str]] = {name: [] for name in SEATS}
    free = [key for key, names in wishes.items() if names]
    while free:
        key = free.pop()
        if wishes[key]:
            name = wishes[key].pop(0)
            held[name] = sorted([*held[name], key], key=place[name].__getitem__)
            free += held[name][SEATS[name] :]
            held[name] = held[name][: SEATS[name]]
    return {key: name for name, keys in held.items() for key in keys}


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_selection_has_the_published_figures(seed: int) -> None:
    applied = applications(seed)
    selection = simulate_selection(seed, applied, SEATS)
    education = {one.key: one.education for one in applied}
    assert len(selection.first) + len(selection.called) == 69
    assert (len(selection.declined), len(selection.lapsed), len(selection.scholars)) == (6, 3, 60)
    assert Counter(education[key] for key in selection.scholars) == SIXTY_BY_EDUCATION
    assert Counter(selection.scholars.values()) == SEATS


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_matching_over_the_planted_rankings_finds_the_planted_offers(seed: int) -> None:
    applied = applications(seed)
    selection = simulate_selection(seed, applied, SEATS)
    assert matched(applied, selection) == selection.first
    wishes = {one.key: one.streams for one in applied}
    wanted = Counter(key for name in SEATS for key in selection.rankings[name][: selection.bar[name]])
    assert Counter(wanted.values())[2] == 4
    assert Counter(wanted.values())[5] == 1
    assert all(name in wishes[key] for name in SEATS for key in selection.rankings[name])


@given(SEEDS, st.integers(min_value=0, max_value=40))
@settings(max_examples=20, deadline=None)
def test_selection_copes_with_few_applications(seed: int, number: int) -> None:
    selection = simulate_selection(seed, applications(seed, number), SEATS)
    assert len(selection.scholars) == len(set(selection.scholars)) <= min(60, number)
    assert all(count <= SEATS[name] for name, count in Counter(selection.scholars.values()).items())


@given(SEEDS)
@settings(max_examples=5, deadline=None)
def test_same_seed_makes_the_same_world(seed: int) -> None:
    def world() -> list[object]:
        selection = simulate_selection(seed, applications(1), SEATS)
        pairs = [(key, f"r{n % 7}") for n, key in enumerate(sorted(selection.quality))]
        return [
            selection,
            simulate_reviews(seed, pairs, selection.quality, ("one", "two", "three"), progress=0.8),
            simulate_plans(seed, selection.scholars, {}),
            simulate_support(seed, list(selection.scholars), 40),
            simulate_outcomes(seed, list(selection.scholars)),
        ]

    assert world() == world()


def test_two_seeds_make_two_worlds() -> None:
    assert simulate_selection(1, applications(1), SEATS) != simulate_selection(2, applications(1), SEATS)


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_plans_are_late_and_missing_as_published(seed: int) -> None:
    plans = simulate_plans(seed, {f"s{n}": "a" for n in range(60)}, {"a": "AI control"})
    on_time = [plan for plan in plans if plan.hours is not None and plan.hours < 0]
    late = [plan for plan in plans if plan.hours is not None and plan.hours >= 0]
    assert (len(on_time), len(late), len(plans)) == (56, 3, 60)
    assert all(0 < plan.hours < 72 for plan in late if plan.hours is not None)
    assert all(plan.threat_model and plan.theory_of_change and plan.outputs for plan in plans)


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_support_is_skewed_and_a_fifth_never_asks(seed: int) -> None:
    sessions = simulate_support(seed, [f"s{n}" for n in range(60)], 60)
    asked = Counter(one.scholar for one in sessions)
    assert len(asked) == 48
    assert 2.0 < len(sessions) / 60 < 4.2
    assert max(asked.values()) >= 6
    assert all(0 < one.day <= 60 for one in sessions)


def test_switches_use_only_free_seats() -> None:
    scholars = {f"s{n}": "abcdef"[n % 6] for n in range(60)}
    assert simulate_switches(3, scholars, dict.fromkeys("abcdef", 0)) == []
    switches = simulate_switches(3, scholars, {"a": 1})
    assert len(switches) == 4
    room = dict.fromkeys("abcdef", 0) | {"a": 1}
    for one in switches:
        room[one.to_stream] -= 1
        assert room[one.to_stream] >= 0
        room[scholars[one.scholar]] += 1


def test_reviewers_differ_in_leniency_and_see_quality() -> None:
    quality = {f"a{n}": (n - 50) / 25 for n in range(100)}
    pairs = [(key, reviewer) for key in quality for reviewer in ("r1", "r2", "r3")]
    reviews = simulate_reviews(5, pairs, quality, ("one", "two", "three", "four"))
    assert len(reviews) == 300
    assert all(review.is_finished and min(review.scores.values()) >= 1 for review in reviews)
    best = [sum(one.scores.values()) for one in reviews if quality[one.application] > 1]
    worst = [sum(one.scores.values()) for one in reviews if quality[one.application] < -1]
    assert sum(best) / len(best) > sum(worst) / len(worst) + 4


def test_reviews_leave_exactly_so_many_waiting() -> None:
    pairs = [(f"a{n}", reviewer) for n in range(50) for reviewer in ("mira", "ren")]
    reviews = simulate_reviews(5, pairs, {}, ("one", "two", "three"), progress=0.7, waiting={"mira": 30})
    done = [one for one in reviews if one.reviewer == "mira" and one.is_finished]
    begun = [one for one in reviews if one.reviewer == "mira" and not one.is_finished]
    assert (len(done), len(begun)) == (20, 1)
    assert all(len(one.scores) < 3 for one in begun)


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_outcomes_keep_their_method_apart(seed: int) -> None:
    outcomes = simulate_outcomes(seed, [f"s{n}" for n in range(60)])
    assert Counter(one.method for one in outcomes)["self"] == 28  # 46 % of sixty
    assert len({one.scholar for one in outcomes}) == len(outcomes) < 60


@given(st.integers(min_value=0, max_value=500))
def test_proportions_add_up(total: int) -> None:
    assert sum(in_proportion(SIXTY_BY_EDUCATION, total).values()) == total
