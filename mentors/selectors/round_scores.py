"""All scores of a cohort at once, calibrated beside raw: what they say, how far they agree, who drifts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from mats_portal.rubrics.calibration import Calibration, Estimate, Leniency, calibrate
from mats_portal.rubrics.reliability import Alpha, Drift, drift, krippendorff_alpha, reliability_of_mean
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Waiver
from mentors.selectors.reviewing import conflicted_applications, counted_assessments
from mentors.selectors.scores import sealed_for, unsealed
from mentors.states import ScoreOrder, WaiverReason


class ScoredRow(NamedTuple):
    """One application: raw mean and spread (highest minus lowest) beside the calibrated mean with its doubt."""

    application_id: int
    reviews: int
    raw: float
    spread: float
    mean: float
    se: float
    low: float
    high: float
    best_rank: int
    worst_rank: int
    chance: float  # of lying among the first so many


@dataclass(frozen=True, slots=True)
class Scorer:
    """One reviewer: how lenient, from how many scores, and whether they drift."""

    person: Person
    leniency: Leniency
    drift: Drift | None

    @property
    def low(self) -> float:
        """The lower end of the 90 % interval of the leniency."""
        return self.leniency.shift - 1.645 * self.leniency.se

    @property
    def high(self) -> float:
        """The upper end."""
        return self.leniency.shift + 1.645 * self.leniency.se


@dataclass(frozen=True, slots=True)
class RoundScores:
    """The scores of one dimension of a cohort, as far as the reader may see them."""

    calibration: Calibration[int, int]
    alpha: Alpha | None
    rows: list[ScoredRow]
    scorers: list[Scorer]
    reviews: int

    @property
    def usual(self) -> int:
        """How many reviews an application has on average, rounded, at least 1."""
        return max(1, round(self.reviews / max(1, len(self.rows))))

    @property
    def reliability(self) -> float:
        """Of one review."""
        return self.calibration.variances.reliability

    @property
    def reliability_of_usual(self) -> float:
        """Of the mean of the usual number of reviews."""
        return reliability_of_mean(self.calibration.variances, self.usual)


def readable_scores(person: Any, cohort: Cohort) -> QuerySet[Assessment]:
    """The assessments of the cohort that are in and that the person may see."""
    found = counted_assessments().filter(unsealed(person), application__cohort=cohort)
    found = found.exclude(application__in=conflicted_applications(person))
    return found.exclude(application__person_id=person.pk)


def round_scores(person: Any, cohort: Cohort, dimension: Dimension, *, first: int, order: ScoreOrder) -> RoundScores:
    """Calibrate what the person may see; `first`: how many would be taken. In two statements."""
    scores = readable_scores(person, cohort).filter(**{f"sheet__{dimension}__isnull": False})
    keys = scores.order_by("sheet__finished_at", "pk").values_list("application", "reviewer", f"sheet__{dimension}")
    triples = [(application, reviewer, float(value)) for application, reviewer, value in keys]
    found = calibrate(triples)
    rows = sorted(_rows(found, triples, first), key=ORDERS[order])
    alpha = krippendorff_alpha((application, value) for application, _, value in triples)
    return RoundScores(found, alpha, rows, _scorers(found, triples), len(triples))


def calibrated_abilities(person: Any, cohort: Cohort) -> dict[int, Estimate]:
    """The calibrated ability of each application by key, from the reviews that the person may see. In one statement.

    Marks by question are not in it: see decision 0038.
    """
    scores = readable_scores(person, cohort).filter(sheet__ability__isnull=False).order_by("sheet__finished_at", "pk")
    rows = scores.values_list("application_id", "reviewer_id", "sheet__ability")
    return calibrate((application, reviewer, float(ability or 0)) for application, reviewer, ability in rows).subjects


ORDERS = {
    ScoreOrder.ESTIMATE: lambda row: (-row.mean, row.application_id),
    ScoreOrder.RAW: lambda row: (-row.raw, row.application_id),
    ScoreOrder.SPREAD: lambda row: (-row.spread, row.application_id),
    ScoreOrder.CUT: lambda row: (abs(row.chance - 0.5), row.application_id),
}


def _rows(found: Calibration[int, int], triples: list[tuple[int, int, float]], first: int) -> list[ScoredRow]:
    chances = found.probability_in_top(first) if found.subjects else {}
    given: dict[int, list[float]] = defaultdict(list)
    for application, _, value in triples:
        given[application].append(value)
    return [
        ScoredRow(
            application_id=key,
            reviews=estimate.reviews,
            raw=estimate.raw,
            spread=max(given[key]) - min(given[key]),
            mean=estimate.mean,
            se=estimate.se,
            low=estimate.interval[0],
            high=estimate.interval[1],
            best_rank=estimate.best_rank,
            worst_rank=estimate.worst_rank,
            chance=chances[key],
        )
        for key, estimate in found.subjects.items()
    ]


def _scorers(found: Calibration[int, int], triples: list[tuple[int, int, float]]) -> list[Scorer]:
    left: dict[int, list[float]] = defaultdict(list)
    for application, reviewer, value in triples:
        expected = found.subjects[application].mean + found.reviewers[reviewer].shift
        left[reviewer].append(value - expected)
    people = Person.objects.in_bulk(list(found.reviewers))
    scorers = [Scorer(people[key], leniency, drift(left[key])) for key, leniency in found.reviewers.items()]
    return sorted(scorers, key=lambda one: (-abs(one.leniency.shift), one.person.name))


def with_applications(rows: list[ScoredRow]) -> list[tuple[ScoredRow, Application]]:
    """The rows of one page with their applications, in one statement."""
    keys = [row.application_id for row in rows]
    found = Application.objects.select_related("person", "cohort").defer("search").in_bulk(keys)
    return [(row, found[row.application_id]) for row in rows if row.application_id in found]


def waivers_by_mentor(person: Any, cohort: Cohort) -> list[tuple[str, str, int]]:
    """How many applicants each mentor left to others, by reason; most first."""
    given = Waiver.objects.filter(application__cohort=cohort).exclude(application__in=conflicted_applications(person))
    counted = given.order_by().values_list("person__name", "reason").annotate(n=Count("pk"))
    found = counted.order_by("-n", "person__name", "reason")
    return [(name, str(WaiverReason(reason).label), n) for name, reason, n in found]


def sealed_count(person: Any, cohort: Cohort) -> int:
    """How many applications the reader has still to score, so that nothing of them is in the figures."""
    return len(sealed_for(person, Application.objects.submitted().in_cohort(cohort)))
