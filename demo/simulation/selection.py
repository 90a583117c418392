"""From applications to rankings, offers and their answers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from demo.simulation.chosen import choose
from demo.simulation.shapes import SIXTY, Applied, Selection, dice

DECLINED_OF_SIXTY, LAPSED_OF_SIXTY = 6, 3
WANTED_BY_TWO, WANTED_BY_FIVE = 4, 1


def simulate_selection(seed: int, applied: Sequence[Applied], seats: Mapping[str, int]) -> Selection:
    """Plant who is wanted where. Applicant-proposing matching over the rankings finds exactly `first`."""
    chance = dice(seed, "selection")
    quality = {one.key: chance.gauss(0, 1) + min(one.words, 2000) / 8000 for one in applied}
    scholars = choose(applied, seats, quality)
    people = {one.key: one for one in applied}
    called, leaver_of = _leavers(chance, people, scholars, seats, quality)
    first = {key: stream for key, stream in scholars.items() if called.get(stream) != key}
    first |= {leaver: stream for stream, leaver in leaver_of.items()}
    leavers = sorted(leaver_of.values())
    chance.shuffle(leavers)
    lapsed = len(leavers) * LAPSED_OF_SIXTY // (DECLINED_OF_SIXTY + LAPSED_OF_SIXTY)
    for key in (*first, *called.values()):
        quality[key] = abs(quality[key]) * 0.6 + 1.1
    staying = {key: stream for key, stream in first.items() if key not in leavers}
    shared = _also_wanted(chance, people, staying, seats)
    rankings, bar = _rankings(people, first, called, shared, quality, seats)
    return Selection(
        first=first,
        declined=tuple(leavers[lapsed:]),
        lapsed=tuple(leavers[:lapsed]),
        called=called,
        rankings=rankings,
        bar=bar,
        quality=quality,
    )


def _leavers(
    chance: random.Random,
    people: Mapping[str, Applied],
    scholars: Mapping[str, str],
    seats: Mapping[str, int],
    quality: Mapping[str, float],
) -> tuple[dict[str, str], dict[str, str]]:
    """By stream: who moves up from the reserve, and who had the offer before and did not take it."""
    wanted = round(sum(seats.values()) * (DECLINED_OF_SIXTY + LAPSED_OF_SIXTY) / SIXTY)
    called: dict[str, str] = {}
    leaver_of: dict[str, str] = {}
    streams = sorted(seats)
    chance.shuffle(streams)
    others = sorted((key for key in people if key not in scholars), key=lambda key: -quality[key])
    for stream in streams:
        if len(called) == wanted:
            break
        free = [key for key in others if stream in people[key].streams and key not in leaver_of.values()]
        mine = sorted(key for key, place in scholars.items() if place == stream)
        if free and mine:
            leaver_of[stream] = free[0]
            called[stream] = min(mine, key=lambda key: quality[key])
    return called, leaver_of


def _rankings(
    people: Mapping[str, Applied],
    first: Mapping[str, str],
    called: Mapping[str, str],
    shared: Mapping[str, list[str]],
    quality: Mapping[str, float],
    seats: Mapping[str, int],
) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """Each stream's list: the first offers and those also wanted elsewhere, who moves up, more reserve, the rest."""
    placed = {*first, *called.values()}
    reserve_of: dict[str, str] = {}
    rankings, bar = {}, {}
    for stream in sorted(seats):
        top = [key for key, place in first.items() if place == stream] + shared.get(stream, [])
        top.sort(key=lambda key: (-quality[key], key))
        moving_up = [called[stream]] if stream in called else []
        free = [k for k, one in people.items() if stream in one.streams and k not in placed and k not in reserve_of]
        free.sort(key=lambda key: (-quality[key], key))
        reserve = free[: max(1, seats[stream] // 2)]
        reserve_of |= dict.fromkeys(reserve, stream)
        below = free[len(reserve) : len(reserve) + seats[stream]]
        rankings[stream] = tuple(top + moving_up + reserve + below)
        bar[stream] = len(top) + len(moving_up) + len(reserve)
    return rankings, bar


def _also_wanted(
    chance: random.Random, people: Mapping[str, Applied], first: Mapping[str, str], seats: Mapping[str, int]
) -> dict[str, list[str]]:
    """By stream, people it wants who hold (and will accept) the offer of a stream that they like better."""
    less_liked = {
        key: [name for name in people[key].streams[people[key].streams.index(stream) + 1 :] if name in seats]
        for key, stream in sorted(first.items())
    }
    found: dict[str, list[str]] = {}
    picked: set[str] = set()
    for extra, how_many in ((4, WANTED_BY_FIVE), (1, WANTED_BY_TWO)):
        able = [key for key, names in less_liked.items() if len(names) >= extra and key not in picked]
        for key in chance.sample(able, min(how_many, len(able))):
            picked.add(key)
            for name in less_liked[key][:extra]:
                found.setdefault(name, []).append(key)
    return found
