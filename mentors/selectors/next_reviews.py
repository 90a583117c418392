"""Which further reviews would tell most about who passes the cut, as far as a person may know of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from mats_portal.rubrics.calibration import calibrate
from mats_portal.rubrics.next_review import next_best_reviews
from mentors.models import Assignment
from mentors.selectors.assigning import review_candidates
from mentors.selectors.reviewing import conflicted_applications
from mentors.selectors.scores import sealed_for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One further review: the application, its reader, the chance of lying above the cut, and what the review tells.

    worth: how much of the doubt about this application the review is expected to take away, 0 to 1.
    """

    application: Application
    reviewer: Person
    stream: int | None
    probability: float
    worth: float
    load: int


@dataclass(frozen=True, slots=True)
class NextPlan:
    """A preview: the suggestions, best first, and the digest that what is applied must have."""

    rows: list[Suggestion]
    digest: str

    @property
    def pairs(self) -> list[tuple[int, int, int | None]]:
        """What to assign: application key, person key, stream key."""
        return [(row.application.pk, row.reviewer.pk, row.stream) for row in self.rows]


def next_plan(cohort: Cohort, person: Any, *, k: int, count: int, cap: int | None = None) -> NextPlan:
    """The next best reviews for the first k of the cohort by calibrated ability.

    Applications with a review on its way are left out until it is in, and those whose scores the person must not see
    yet: a suggestion tells something of the scores. Nothing is written; the statements do not grow with the rows.
    """
    given = list(
        Assignment.objects.standing()
        .in_cohort(cohort)
        .order_by("pk")
        .values_list("application_id", "reviewer_id", "assessment__sheet__finished_at", "assessment__sheet__ability")
    )
    triples = [(key, who, float(ability)) for key, who, at, ability in given if at is not None and ability is not None]
    calibration = calibrate(triples)
    loads = Counter(who for _, who, _, _ in given)
    candidates = _open_to_more(cohort, person, given)
    found = next_best_reviews(
        calibration,
        k=k,
        eligible={key: {who: cost for who, (cost, _) in several.items()} for key, several in candidates.items()},
        loads=loads,
        cap=cap,
        limit=count,
    )
    applications = Application.objects.select_related("person", "cohort").defer("search").in_bulk(
        [one.subject for one in found]
    )  # fmt: skip
    people = Person.objects.in_bulk([one.reviewer for one in found])
    rows = [
        Suggestion(
            application=applications[one.subject],
            reviewer=people[one.reviewer],
            stream=candidates[one.subject][one.reviewer][1],
            probability=one.probability,
            worth=one.gain / (one.probability * (1 - one.probability)),
            load=loads[one.reviewer],
        )
        for one in found
    ]
    shown = sorted((row.application.code, row.reviewer.code) for row in rows)
    return NextPlan(rows, hashlib.sha256(repr(shown).encode()).hexdigest()[:16])


def _open_to_more(cohort: Cohort, person: Any, given: list[Any]) -> dict[int, dict[int, tuple[float, int | None]]]:
    """Who may read what in addition, of the applications that have no review on its way and are open to the person."""
    everybody = Application.objects.submitted().in_cohort(cohort)
    left_out = sealed_for(person, everybody) | {key for key, _, at, _ in given if at is None}
    left_out |= set(conflicted_applications(person).values_list("application", flat=True))
    found = {key: several for key, several in review_candidates(cohort).items() if key not in left_out}
    for application, reader, _, _ in given:
        found.get(application, {}).pop(reader, None)
    return found
