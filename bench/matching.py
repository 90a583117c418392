"""`make bench-matching`: the matching beside a Python library for it.

A gate of ratios in one run, of processor time, so that a busy machine moves them little. The library is the
package `matching` (Wilde, Knight, Gillard, JOSS 2020), the faster of those on PyPI at this size. Both are timed from
the same plain lists to the pairs, checks of the lists included; of the library the solving alone is told, too.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from mentors.matching import Matching, Pool, match

APPLICANTS, STREAMS, CHOICES = 10_000, 100, 10
FASTER = 58.0  # than the library, at least
LINEAR = 2.0  # time for each entry of lists four times as long ÷ that of the lists, at most (memory is further away)
STACK = 512 * 1024 * 1024


def main() -> int:
    """Print a table; 1 when a goal is missed or a result is not stable."""
    bad = 0
    print(f"{'what':64} {'seconds':>8} {'ratio':>8} {'goal':>8}  verdict")
    for line in _matching():
        name, seconds, ratio, goal, is_met = line
        bad += not is_met
        told = (f"{ratio:8.1f}" if ratio is not None else " " * 8) + f" {goal:>8}"
        print(f"{name:64} {seconds:8.3f} {told}  {'ok' if is_met else 'missed'}", flush=True)
    return 1 if bad else 0


Line = tuple[str, float, float | None, str, bool]


def _matching() -> list[Line]:
    market = _market(APPLICANTS, STREAMS)
    seconds, found = _best(lambda: match(*market))
    is_stable = found.blocking_pairs() == []
    lines: list[Line] = [(f"match {APPLICANTS:,} × {STREAMS}, lists of {CHOICES}", seconds, None, "stable", is_stable)]
    large = _market(4 * APPLICANTS, STREAMS, seats=4)
    longer, _ = _best(lambda: match(*large))
    growth = longer / seconds / 4
    lines.append(
        (f"match {4 * APPLICANTS:,} × {STREAMS}, for each entry", longer, growth, f"≤ {LINEAR}", growth <= LINEAR)
    )
    ruled, _ = _best(lambda: _with_rules(market))
    lines.append(("the same with ties, shared seats and a ceiling", ruled, None, "", True))
    library, solving, pairs = _library(market)
    ratio = library / seconds
    lines.append(("the library `matching`, from lists to pairs", library, ratio, f"≥ {FASTER:.0f}", ratio >= FASTER))
    lines.append(("of which solving", solving, solving / seconds, "", True))
    lines.append(("the library finds the same pairs", 0.0, None, "same", pairs == found.pairs))
    return lines


Lists = dict[str, list[str]]


def _market(applicants: int, streams: int, *, seats: int = 1) -> tuple[Lists, Lists, dict[str, int]]:
    """Everybody names ten streams; each stream ranks all who name it and has seats for half of its share."""
    chance = random.Random(f"{applicants} by {streams}")
    names = [f"s{number}" for number in range(streams)]
    preferences = {f"a{number}": chance.sample(names, CHOICES) for number in range(applicants)}
    rankings: Lists = {name: [] for name in names}
    for applicant, wishes in preferences.items():
        for stream in wishes:
            rankings[stream].append(applicant)
    for order in rankings.values():
        chance.shuffle(order)
    return preferences, rankings, dict.fromkeys(names, applicants // streams // 2 // seats * seats)


def _with_rules(market: tuple[Lists, Lists, dict[str, int]]) -> Matching[str, str]:
    preferences, rankings, seats = market
    tiers = {stream: [number // 3 for number in range(len(order))] for stream, order in rankings.items()}
    pools = [Pool(tuple(list(seats)[:10]), sum(list(seats.values())[:10]) // 2)]
    ceiling = sum(seats.values()) * 3 // 4
    return match(preferences, rankings, seats, cohort_seats=ceiling, tiers=tiers, seed="bench", pools=pools)


def _best(work: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest of several runs, and the last result."""
    seconds, found = [], None
    for _ in range(times):
        began = time.process_time()
        found = work()
        seconds.append(time.process_time() - began)
    return min(seconds), found


def _library(market: tuple[Lists, Lists, dict[str, int]]) -> tuple[float, float, dict[str, str]]:
    """The library on the same market, in a thread with a stack that its recursion fits in: all, solving, pairs."""
    from matching.games import HospitalResident  # noqa: PLC0415 - beside .venv, for this measurement only

    told: dict[str, Any] = {}

    def work() -> None:
        sys.setrecursionlimit(1_000_000)
        began = time.process_time()
        game = HospitalResident.create_from_dictionaries(*market)
        built = time.process_time()
        solution = game.solve(optimal="resident")
        told["seconds"] = time.process_time() - began
        told["solving"] = time.process_time() - built
        told["pairs"] = {one.name: stream.name for stream, held in solution.items() for one in held}

    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return told["seconds"], told["solving"], told["pairs"]


if __name__ == "__main__":
    sys.exit(main())
