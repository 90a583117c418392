"""What the selection report says to the worry that the programme feeds capabilities rather than safety."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import AnyFigure, Fact, funnel
from mats_portal.reports.statistics import SMALL, share
from mentors.selectors.floor import applications_below, current_floor, floors_of
from mentors.states import SEEN_BY_APPLICANT, OfferState

TOLD = Q(offers__state__in=SEEN_BY_APPLICANT, offers__released_at__isnull=False)
UNDER = (
    "Applicants whose mean motivation, over the reviews that are in, is under the cohort’s floor; who has no score is "
    "not. Wanted: above the bar of at least one stream. The floor bars nobody; each share is of the step before."
)
ALREADY = (
    "Of the applicants with a released offer who answered the question: those who worked or studied in the field "
    "already when they applied, and so would probably have gone there without the programme."
)


def capability_figures(cohort: Cohort) -> tuple[AnyFigure, ...]:
    """How far applicants under the motivation floor came, and how many offered a seat were in the field already."""
    return (_under_floor(cohort), *_already_in_field(Application.objects.submitted().in_cohort(cohort)))


def _under_floor(cohort: Cohort) -> AnyFigure:
    points, changes = current_floor(cohort), floors_of(cohort).count()
    if points is None:
        return Fact("Motivation floor", UNDER, "none", "No floor holds, so no applicant is under one.")
    found = applications_below(cohort, points).aggregate(
        under=Count("pk", distinct=True),
        wanted=Count("pk", distinct=True, filter=Q(rankings__is_acceptable=True)),
        offered=Count("pk", distinct=True, filter=TOLD),
        accepted=Count("pk", distinct=True, filter=Q(offers__state=OfferState.ACCEPTED)),
    )
    steps = [("Under the floor", found.pop("under")), *((name.capitalize(), n) for name, n in found.items())]
    times = "once" if changes == 1 else f"{changes} times"
    return funnel(
        title="Under the motivation floor",
        definition=UNDER,
        steps=steps,
        note=f"The floor is {points.normalize():f} of 5; it was set {times}.",
    )


def _already_in_field(applications: QuerySet[Application]) -> tuple[Fact, ...]:
    offered = applications.filter(TOLD, is_already_in_field__isnull=False)
    counts = offered.aggregate(
        n=Count("pk", distinct=True), already=Count("pk", distinct=True, filter=Q(is_already_in_field=True))
    )
    if counts["n"] < SMALL:
        return ()
    part = share(counts["already"], counts["n"])
    value = f"{counts['already'] / counts['n']:.0%}"
    note = f"n = {counts['n']:,}; 95 % interval {part.low:.0%} to {part.high:.0%}."
    return (Fact("Offered a seat, and in the field already", ALREADY, value, note),)
