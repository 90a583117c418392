"""The applications table at 1,000, 10,000 and 100,000 applications, and its download beside a bare COPY."""

from __future__ import annotations

import html
import json
import re
import statistics
from typing import Any

import django

from bench.crowd import crowd
from bench.measure import ask, measure
from bench.memory import peak_of_workers
from bench.pages import LARGE, MOST_GROWTH, TABLE
from bench.rows import begin_from_nothing

SIZES = (1_000, 10_000, 100_000)
DOWNLOADS = 3
MOST_OF_A_COPY, MOST_STATEMENTS, MOST_MEMORY = 2.0, 5, 16  # times, statements, MB


def main() -> None:
    """Make the three cohorts in the bench's own database, and say what is there."""
    django.setup()
    begin_from_nothing()
    print(json.dumps([_world(size) for size in SIZES]))


def _world(size: int) -> dict[str, Any]:
    from mats_portal.cohorts.states import CohortRole  # noqa: PLC0415 - models need the set-up above
    from tests import make  # noqa: PLC0415
    from tests.conftest import signed_in_client  # noqa: PLC0415

    cohort = make.make_cohort(f"Size {size}", slug=f"size-{size}")
    streams = [make.make_stream(cohort, f"Stream {number}") for number in range(15)]
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    make.make_questions(cohort)
    told = make.make_application(cohort, make.make_person("Ada Lovelace"), streams[:3])
    crowd(cohort, streams, told, size - 1, whole=size <= 10_000)
    browser = signed_in_client(rui)
    first = browser.get(TABLE.format(slug=cohort.slug), secure=True, headers={"host": "127.0.0.1"}).content.decode()
    (second,) = re.findall(r'href="([^"]*after=[^"]*)" rel="next"', first) or re.findall(
        r'href="(\?after=[^"]*)"', first
    )
    return {
        "size": size,
        "slug": cohort.slug,
        "cohort": cohort.pk,
        "stream": streams[0].code,
        "second": html.unescape(second),
        "cookies": {"staff": browser.cookies["session"].value},
    }


def report(worlds: list[dict[str, Any]], port: int, stick_port: int, stick: str) -> int:
    """Measure and print, a verdict on each line. Answers 1 when statements or size miss their goal."""
    print(f"{'page':24} {'rows':>7} {'statements':>10} {'xY':>6} {'ms':>6} {'KB':>6} {'goal':>5}  verdict")
    bad = 0
    for page in LARGE:
        smallest = 0.0
        for world in worlds:
            path, cookie = page.path.format(**world), f"session={world['cookies'][page.who]}"
            found = measure(port, path, cookie, stick_port, stick)
            kilobytes, smallest = found.size / 1024, smallest or found.ratio
            growth = found.ratio / smallest
            broken = [word for word, wrong in (
                ("too many statements", found.statements > page.most), ("too large", kilobytes > page.kilobytes)
            ) if wrong]  # fmt: skip
            slow = [word for word, wrong in (
                ("slow", found.ratio > page.goal), (f"grows {growth:.2f} times", growth > MOST_GROWTH)
            ) if wrong]  # fmt: skip
            bad += len(broken)
            print(
                f"{page.name:24} {world['size']:>7,} {found.statements:>10} {found.ratio:>6.2f}"
                f" {found.milliseconds:>6.1f} {kilobytes:>6.1f} {page.goal:>5.1f}  {', '.join(broken + slow) or 'ok'}",
                flush=True,
            )
    return 1 if bad + _downloads(worlds[-1], port, stick_port, stick) else 0


def _downloads(world: dict[str, Any], port: int, stick_port: int, stick: str) -> int:
    """The CSV of the whole table beside the same rows through COPY in a bare view."""
    path, cookie = TABLE.format(**world) + "export/", f"session={world['cookies']['staff']}"
    ratios = []
    ask(port, path, cookie)  # What it takes to have begun at all is not growth.
    before = peak_of_workers()
    for _ in range(DOWNLOADS + 1):
        found = ask(port, path, cookie)
        bare = ask(stick_port, f"/copy/{world['cohort']}/", stick)
        ratios.append(found.seconds / bare.seconds)
    ratio = statistics.median(ratios[1:])
    said = [] if ratio <= MOST_OF_A_COPY else ["slow"]
    said += ["too many statements"] if found.statements > MOST_STATEMENTS else []
    print(
        f"{'CSV ÷ bare COPY':24} {world['size']:>7,} {found.statements:>10} {ratio:>6.2f} {1000 * found.seconds:>6.0f}"
        f" {found.size / 1024:>6.0f} {MOST_OF_A_COPY:>5.1f}  {', '.join(said) or 'ok'}"
    )
    growth = peak_of_workers() - before
    verdict = "ok" if growth <= MOST_MEMORY else "grows"
    print(f"{'worker grows by':24} {growth:>7.1f} MB, goal ≤ {MOST_MEMORY} MB  {verdict}")
    return int(found.statements > MOST_STATEMENTS)


if __name__ == "__main__":
    main()
