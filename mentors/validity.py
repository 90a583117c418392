"""What the reviewers' scores say of whom streams wanted and how they ranked: AUC and rank correlations with doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.agreement import auc, kendall, spearman
from mats_portal.reports.frame import AnyFigure, Estimate, Estimates
from mats_portal.rubrics.calibration import Estimate as Calibrated
from mats_portal.web.furnishing import furnishings
from mentors.models import Ranking

SCORED = (
    "The score is the mean ability over an applicant's reviews. AUC: the chance that somebody above a stream's bar has "
    "a higher score than somebody who was reviewed and is above no bar; 0.5 is a coin. Mentors may have read the "
    "scores before they ranked, so that this is how far they agree, and no proof that either is right."
)
ORDERED = (
    "For each stream, over the applicants whom it ranked and who have a score: do those higher in its order "
    "have higher scores? 1 is the same order, 0 none, −1 the reverse. Streams with fewer than 5 such applicants are "
    "left out. Calibrated: with each reviewer’s leniency taken out, over those with a whole review; advice, while the "
    "raw score is the record."
)
RESTRICTED = (
    "A stream ranks only those it thought of taking. Among people so alike, a correlation comes out lower than among "
    "all applicants, and a low one does not say that the score is worthless."
)
LATER = (
    "For those who came, whose later results are known: do scores at selection go with them? Rank correlations with "
    "their 95 % interval."
)


def validity_figures(cohort: Cohort, calibrated: Mapping[int, Calibrated]) -> Iterator[AnyFigure]:
    """The figures that there are numbers for. calibrated: the ability of each application by key."""
    reviewed = Application.objects.submitted().in_cohort(cohort).filter(review_mean__isnull=False)
    scores = {pk: float(mean or 0) for pk, mean in reviewed.values_list("pk", "review_mean")}
    orders: dict[str, list[tuple[int, int]]] = {}
    wanted = set()
    rows = Ranking.objects.filter(stream__cohort=cohort).order_by("stream__name", "rank")
    for stream, application, rank, acceptable in rows.values_list(
        "stream__name", "application_id", "rank", "is_acceptable"
    ):
        if application in scores:
            orders.setdefault(stream, []).append((application, rank))
            wanted |= {application} if acceptable else set()
    yield from _told_apart(scores, wanted)
    yield from _in_order(scores, calibrated, orders)
    yield from _later(cohort, scores)


def _told_apart(scores: dict[int, float], wanted: set[int]) -> Iterator[AnyFigure]:
    chosen = [score for application, score in scores.items() if application in wanted]
    found = auc(chosen, [score for application, score in scores.items() if application not in wanted])
    if found is not None:
        row = Estimate("Wanted, against not wanted", found.n, found.value, found.low, found.high)
        yield Estimates("Do scores tell who is wanted?", SCORED, (row,), 0.0, 1.0, "AUC with its 95 % interval.")


def _in_order(
    scores: dict[int, float], calibrated: Mapping[int, Calibrated], orders: dict[str, list[tuple[int, int]]]
) -> Iterator[AnyFigure]:
    rows = []
    for stream, order in orders.items():
        ability = [scores[application] for application, _ in order]
        places = [-float(rank) for _, rank in order]
        known = [
            (calibrated[application].mean, -float(rank)) for application, rank in order if application in calibrated
        ]
        several = (
            ("rho", spearman(ability, places)),
            ("rho, calibrated", spearman([mean for mean, _ in known], [place for _, place in known])),
            ("tau", kendall(ability, places)),
        )
        for name, found in several:
            if found is not None:
                rows.append(Estimate(f"{stream}, {name}", found.n, found.value, found.low, found.high))
    if rows:
        title = "Do streams rank as reviewers score?"
        yield Estimates(title, ORDERED, tuple(rows), -1.0, 1.0, f"Spearman’s rho, Kendall’s tau. {RESTRICTED}")


def _later(cohort: Cohort, scores: dict[int, float]) -> Iterator[AnyFigure]:
    """What later storeys furnish: functions `(cohort) -> (label, {application key: value})`."""
    rows = []
    for furnish in furnishings("later_results"):
        label, results = furnish(cohort)
        known = sorted(set(results) & set(scores))
        ability, later = [scores[one] for one in known], [float(results[one]) for one in known]
        for name, found in (("rho", spearman(ability, later)), ("tau", kendall(ability, later))):
            if found is not None:
                rows.append(Estimate(f"{label}, {name}", found.n, found.value, found.low, found.high))
    if rows:
        note = f"Only those who were chosen have later results. {RESTRICTED}"
        yield Estimates("Do scores at selection go with later results?", LATER, tuple(rows), -1.0, 1.0, note)
