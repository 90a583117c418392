"""Selection with 1,000 and 10,000 applications of three reviews each: desk, scores, ranking, and the reviews as CSV."""

from __future__ import annotations

import json
import statistics
from typing import Any

import django

from bench.crowd import crowd
from bench.measure import Measured, ask, measure
from bench.memory import peak_of_workers
from bench.pages import REVIEWS
from bench.rows import begin_from_nothing

SIZES = (1_000, 10_000)
REVIEWERS, EACH = 100, 3
DOWNLOADS = 3
MOST_OF_A_COPY, MOST_STATEMENTS, MOST_GROWTH = 2.0, 5, 16  # times, statements, MB

GIVEN = """
INSERT INTO mentors_assignment (application_id, reviewer_id, assigned_at, is_own_choice)
SELECT a.id, (%(reviewers)s::bigint[])[(a.id + n * 7) %% %(spread)s + 1], now(), false
FROM applications_application a, generate_series(1, %(each)s) AS n
WHERE a.cohort_id = %(cohort)s AND a.state = 'submitted'
"""
# The sheet of an assignment is known by its comment until the assessment joins them.
SHEETS = """
INSERT INTO rubrics_scoresheet (version_id, scorer_id, comment, revision, saved_at, finished_at, ability, motivation)
SELECT %(version)s, s.reviewer_id, 'Clear and careful; review ' || s.id, 1, now(), now(),
       1 + (s.id * 7 %% 41) / 10.0, 1 + (s.id * 11 %% 41) / 10.0
FROM mentors_assignment s JOIN applications_application a ON a.id = s.application_id
WHERE a.cohort_id = %(cohort)s AND s.reviewer_id <> %(open)s
"""
ASSESSMENTS = """
INSERT INTO mentors_assessment (assignment_id, sheet_id, application_id, reviewer_id)
SELECT s.id, h.id, s.application_id, s.reviewer_id
FROM mentors_assignment s JOIN applications_application a ON a.id = s.application_id
JOIN rubrics_scoresheet h ON h.comment = 'Clear and careful; review ' || s.id
WHERE a.cohort_id = %(cohort)s
"""
SCORES = """
INSERT INTO rubrics_score (sheet_id, criterion_id, value)
SELECT h.id, c.id, 1 + (h.id + c.position) %% 5
FROM rubrics_scoresheet h JOIN rubrics_criterion c ON c.version_id = h.version_id
WHERE h.version_id = %(version)s AND h.id NOT IN (SELECT sheet_id FROM rubrics_score)
"""


def main() -> None:
    """Make the cohorts in the bench's own database, and say what is there."""
    django.setup()
    begin_from_nothing()
    print(json.dumps([_world(size) for size in SIZES]))


def _world(size: int) -> dict[str, Any]:
    """A cohort in review: everybody's scores are in but Rea's, whose desk is measured; Mira's stream has 1,000."""
    from mats_portal.cohorts.states import CohortRole  # noqa: PLC0415 - models need the set-up above
    from mats_portal.rubrics.services import default_rubric  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.conftest import signed_in_client  # noqa: PLC0415

    cohort = make.make_cohort(f"Reviews {size}", slug=f"reviews-{size}")
    streams = [make.make_stream(cohort, f"Stream {number}") for number in range(3 * size // 1_000)]
    make.make_questions(cohort)
    told = make.make_application(cohort, make.make_person("Ada Lovelace"), streams[:3])
    crowd(cohort, streams, told, size - 1)
    people = {name: make.make_person(name.title()) for name in ("staff", "mentor", "reviewer")}
    make.make_membership(people["staff"], cohort, CohortRole.STAFF)
    make.make_membership(people["mentor"], cohort, CohortRole.MENTOR, streams[0])
    reviewers = [people["reviewer"], *(make.make_person(f"Reviewer {number}") for number in range(REVIEWERS - 1))]
    for one in reviewers:
        make.make_membership(one, cohort, CohortRole.REVIEWER)
    _reviews(cohort, reviewers, default_rubric(cohort=cohort, by=people["staff"]).pk)
    desk = told if told.assignments.filter(reviewer=reviewers[0]).exists() else None
    first = desk or reviewers[0].assignments.select_related("application").order_by("pk")[0].application
    return {
        "size": size,
        "slug": cohort.slug,
        "cohort": cohort.pk,
        "stream": streams[0].code,
        "application": first.code,
        "cookies": {name: signed_in_client(person).cookies["session"].value for name, person in people.items()},
    }


def _reviews(cohort: Any, reviewers: list[Any], version: int) -> None:
    from django.db import connection  # noqa: PLC0415

    facts = {
        "cohort": cohort.pk,
        "reviewers": [one.pk for one in reviewers],
        "spread": len(reviewers),
        "open": reviewers[0].pk,
        "each": EACH,
        "version": version,
    }
    with connection.cursor() as cursor:
        for statement in (GIVEN, SHEETS, ASSESSMENTS, SCORES, "ANALYZE"):
            cursor.execute(statement, facts)


def report(worlds: list[dict[str, Any]], port: int, stick_port: int, stick: str) -> int:
    """Measure and print, a verdict on each line. Answers 1 when statements miss their goal."""
    print(f"{'page':24} {'rows':>7} {'statements':>10} {'xY':>6} {'ms':>6} {'KB':>6} {'goal':>5}  verdict")
    bad = _downloads(worlds[-1], port, stick_port, stick)  # First: a page that takes more memory would hide its growth.
    for page in REVIEWS:
        for world in worlds:
            path, cookie = page.path.format(**world), f"session={world['cookies'][page.who]}"
            found = measure(port, path, cookie, stick_port, stick)
            said = ["slow"] if found.ratio > page.goal else []
            said += ["too many statements"] if found.statements > page.most else []
            bad += found.statements > page.most
            print(_line(page.name, world["size"], found, page.goal, said), flush=True)
    return 1 if bad else 0


def _line(name: str, size: int, found: Measured, goal: float, said: list[str]) -> str:
    return (
        f"{name:24} {size:>7,} {found.statements:>10} {found.ratio:>6.2f} {found.milliseconds:>6.1f}"
        f" {found.size / 1024:>6.1f} {goal:>5.1f}  {', '.join(said) or 'ok'}"
    )


def _downloads(world: dict[str, Any], port: int, stick_port: int, stick: str) -> int:
    """All reviews as CSV beside the same rows through COPY in a bare view; how far the worker grows by it."""
    path, cookie = f"/cohorts/{world['slug']}/scores/reviews.csv", f"session={world['cookies']['staff']}"
    ratios = []
    ask(port, path, cookie)  # What it takes to have begun at all is not growth.
    before = peak_of_workers()
    for _ in range(DOWNLOADS + 1):
        found = ask(port, path, cookie)
        bare = ask(stick_port, f"/copy-reviews/{world['cohort']}/", stick)
        ratios.append(found.seconds / bare.seconds)
    ratio, growth = statistics.median(ratios[1:]), peak_of_workers() - before
    said = [] if ratio <= MOST_OF_A_COPY else ["slow"]
    said += ["too many statements"] if found.statements > MOST_STATEMENTS else []
    measured = Measured(ratio, 1000 * found.seconds, found.size, found.statements)
    print(_line("reviews CSV ÷ bare COPY", world["size"], measured, MOST_OF_A_COPY, said))
    verdict = "ok" if growth <= MOST_GROWTH else "grows"
    print(f"{'worker grows by':24} {growth:>7.1f} MB, goal ≤ {MOST_GROWTH} MB  {verdict}")
    return int(found.statements > MOST_STATEMENTS)


if __name__ == "__main__":
    main()
