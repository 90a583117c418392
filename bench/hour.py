"""The last hour before applications close: 60 requests a second, and not one acknowledged word lost.

Half of them are autosaves of 300 applicants at once, a quarter pages of theirs, a sixth lists of staff, the rest
submits and uploads. Beforehand one autosave alone is laid beside a bare view that updates one row.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

from bench.crowd import crowd
from bench.rows import begin_from_nothing
from bench.writing import Applicant, Told, post, weigh

APPLICANTS, LISTED = 300, 2_500
RATE, SECONDS = 60, 120
THREADS = 48
# Of sixty requests: autosaves, applicants' pages, lists, submits and uploads.
MIX = ["save"] * 30 + ["page"] * 15 + ["list"] * 10 + ["submit"] * 3 + ["upload"] * 2
MOST_OF_AN_UPDATE = 2.0
P95, P99 = 0.5, 2.0


def main() -> None:
    """Make the cohort in the bench's own database, and say who is there."""
    django.setup()
    begin_from_nothing()
    print(json.dumps([_world()]))


def _world() -> dict[str, Any]:
    from mats_portal.cohorts.states import CohortRole  # noqa: PLC0415 - models need the set-up above
    from tests import make  # noqa: PLC0415
    from tests.conftest import signed_in_client  # noqa: PLC0415

    cohort = make.make_cohort("The last hour", slug="last-hour")
    streams = [make.make_stream(cohort, f"Stream {number}") for number in range(15)]
    make.make_questions(cohort, streams[0])
    told = make.make_application(cohort, make.make_person("Ada Lovelace"), streams[:3])
    crowd(cohort, streams, told, LISTED)
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    writers = [make.make_application(cohort, submitted=False) for _ in range(APPLICANTS)]
    return {
        "slug": cohort.slug,
        "staff": signed_in_client(rui).cookies["session"].value,
        "sessions": [signed_in_client(one.person).cookies["session"].value for one in writers],
    }


def report(worlds: list[dict[str, Any]], port: int, stick_port: int, stick: str) -> int:
    """Measure and print, a verdict on each line. Answers 1 for an error or a lost word."""
    (world,) = worlds
    writers = [Applicant(port, world["slug"], session) for session in world["sessions"]]
    ratio, milliseconds = weigh(writers[0], stick_port, stick)
    _say(
        "autosave ÷ bare update",
        f"{ratio:.2f} ({milliseconds:.1f} ms)",
        f"≤ {MOST_OF_AN_UPDATE}",
        ratio <= MOST_OF_AN_UPDATE,
    )
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    told, took = _storm(world, port, writers, seconds)
    return _verdict(told, took, writers)


def _storm(world: dict[str, Any], port: int, writers: list[Applicant], seconds: int) -> tuple[list[Told], float]:
    """Send the mix at its rate, whatever the answers take; each writer does one thing at a time.

    A server that falls behind is given up after twice the time: what was not sent lowers the rate.
    """
    start = time.perf_counter()

    def act(number: int) -> Told | None:
        due = start + number / RATE
        if time.perf_counter() > start + 2 * seconds:
            return None
        time.sleep(max(due - time.perf_counter(), 0))
        kind, writer = MIX[number * 7 % len(MIX)], writers[(number + number // len(MIX)) % len(writers)]
        if kind == "list":
            path = f"/cohorts/{world['slug']}/applications/" + ("?q=person" if number % 2 else "")
            return post(port, path, f"session={world['staff']}", None, since=due)
        return writer.act(kind, number, due)

    with ThreadPoolExecutor(THREADS) as pool:
        told = [one for one in pool.map(act, range(RATE * seconds)) if one is not None]
    return told, time.perf_counter() - start


def _verdict(told: list[Told], took: float, writers: list[Applicant]) -> int:
    errors = [one for one in told if one.status >= 500 or one.status == 0]
    refused = [one for one in told if 400 <= one.status < 500]
    lost = sum(writer.has_lost() for writer in writers)
    cuts = statistics.quantiles([one.seconds for one in told], n=100)
    _say("requests a second", f"{len(told) / took:.1f}", f"{RATE}", len(told) / took > 0.95 * RATE)
    _say("errors", f"{len(errors)} of {len(told):,}", "0", not errors)
    _say("refused", f"{len(refused)}", "0", not refused)
    _say("acknowledged saves lost", f"{lost}", "0", not lost)
    _say("half, 95 %, 99 % within", f"{cuts[49]:.2f} s, {cuts[94]:.2f} s, {cuts[98]:.2f} s", f"{P95} s, {P99} s",
         cuts[94] <= P95 and cuts[98] <= P99)  # fmt: skip
    return int(bool(errors or lost))


def _say(what: str, figure: str, goal: str, is_met: bool) -> None:
    print(f"{what:26} {figure:>28}   goal {goal:<14} {'ok' if is_met else 'missed'}", flush=True)


if __name__ == "__main__":
    main()
