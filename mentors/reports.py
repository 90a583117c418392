"""How selection went: from submitted to accepted, by stream, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Column, ColumnKind, Fact, Figure, Report, ReportTables, Table, funnel
from mats_portal.reports.statistics import share
from mats_portal.rubrics.calibration import Calibration, calibrate
from mentors.models import Offer
from mentors.selectors import streams_status
from mentors.selectors.expecting import expected_answers
from mentors.selectors.reviewing import counted_assessments
from mentors.states import SEEN_BY_APPLICANT, OfferState
from mentors.validity import validity_figures
from mentors.worries import capability_figures

DEFINITION = (
    "Submitted: applications that are submitted now, one per person. Reviewed: with at least one review that is in. "
    "Wanted: above the bar of at least one stream. Offered: with an offer that was released, however it ended. "
    "Accepted: with an accepted offer. Each share is of the step before."
)


def compile_selection(cohort: Cohort) -> ReportTables:
    """The funnel, what became of offers, the streams, and the reliability of the reviews."""
    steps = _steps(cohort)
    calibration = _calibration(cohort)
    return ReportTables(
        answer=_answer(dict(steps)),
        figures=(
            funnel(title="From submitted to accepted", definition=DEFINITION, steps=steps),
            _offers(cohort),
            *_expected(cohort),
            *_agreement(calibration),
            *validity_figures(cohort, calibration.subjects),
            *capability_figures(cohort),
        ),
        tables=(_streams(cohort),),
    )


def _steps(cohort: Cohort) -> list[tuple[str, int]]:
    told = Q(offers__state__in=SEEN_BY_APPLICANT, offers__released_at__isnull=False)
    found = (
        Application.objects.submitted()
        .in_cohort(cohort)
        .aggregate(
            submitted=Count("pk", distinct=True),
            reviewed=Count("pk", distinct=True, filter=Q(review_count__gt=0)),
            wanted=Count("pk", distinct=True, filter=Q(rankings__is_acceptable=True)),
            offered=Count("pk", distinct=True, filter=told),
            accepted=Count("pk", distinct=True, filter=Q(offers__state=OfferState.ACCEPTED)),
        )
    )
    return [(name.capitalize(), count) for name, count in found.items()]


def _answer(steps: dict[str, int]) -> str:
    submitted, offered, accepted = steps["Submitted"], steps["Offered"], steps["Accepted"]
    if not offered:
        return f"No offer has been released yet; {submitted:,} people applied."
    part = share(accepted, submitted)
    return (
        f"{offered:,} of {submitted:,} applicants were offered a seat and {accepted:,} accepted: "
        f"{accepted / submitted:.1%} of applicants (95 % interval {part.low:.1%} to {part.high:.1%})."
    )


def _offers(cohort: Cohort) -> Figure:
    released = Offer.objects.seen_by_applicant().in_cohort(cohort)
    counts = Counter(released.values_list("state", flat=True))
    reserve = released.filter(reserve_rank__isnull=False).count()
    lines = [("Released", counts.total())]
    lines += [(state.label, counts[state]) for state in OfferState if counts[state]]
    return funnel(
        title="What became of offers",
        definition="Every offer that was released, by its state now; one person may have had several.",
        steps=lines[:1],
        note="; ".join([f"{label}: {count}" for label, count in lines[1:]] + [f"called from the reserve: {reserve}"]),
    )


def _expected(cohort: Cohort) -> tuple[Fact, ...]:
    """While offers wait: how many will be accepted."""
    found = expected_answers(cohort)
    if not found.waiting:
        return ()
    learnt = f"learnt from {found.n:,} earlier answers" if not found.is_guess else "a guess, as few have answered yet"
    fact = Fact(
        title="Acceptances still to come",
        definition=(
            "Of the offers that wait for an answer, how many will be accepted: from the share accepted so far, in all "
            "cohorts and in each stream, which counts the more the more answers it has. A beta-binomial model."
        ),
        value=f"{found.low:,} to {found.high:,}",
        note=f"of {found.waiting:,}, 90 % interval, {found.expected:.0f} expected; {learnt} (n = {found.n:,}).",
    )
    return (fact,)


def _calibration(cohort: Cohort) -> Calibration[int, int]:
    rows = counted_assessments().filter(application__cohort=cohort, sheet__ability__isnull=False).order_by("pk")
    scores = rows.values_list("application_id", "reviewer_id", "sheet__ability")
    return calibrate((application, reviewer, float(ability or 0)) for application, reviewer, ability in scores)


def _agreement(calibration: Calibration[int, int]) -> tuple[Fact, ...]:
    if not calibration.subjects or calibration.notes:
        return ()
    reviews = sum(reviewer.reviews for reviewer in calibration.reviewers.values())
    fact = Fact(
        title="Reliability of one review",
        definition=(
            "The share of the variance of ability scores that is the applicant's own, and neither the reviewer's "
            "leniency nor chance: 1 if any reviewer would have given the same, 0 if scores said nothing of applicants."
        ),
        value=f"{calibration.variances.reliability:.2f}",
        note=f"n = {reviews:,} reviews of {len(calibration.subjects):,} applicants by {len(calibration.reviewers):,}.",
    )
    return (fact,)


def _streams(cohort: Cohort) -> Table:
    released = Offer.objects.seen_by_applicant().filter(stream__cohort=cohort)
    counts = Counter(released.values_list("stream_id", "state"))
    rows = []
    for status in streams_status(cohort):
        of_stream = {state: counts[(status.stream.pk, state)] for state in OfferState}
        offered, accepted = sum(of_stream.values()), of_stream[OfferState.ACCEPTED]
        row = (status.stream.name, status.stream.seats, status.applicants, status.acceptable, offered, accepted)
        rows.append((*row, share(accepted, offered) if offered else None))
    numbers = ("Seats", "Applicants", "Would take", "Offered", "Accepted")
    columns = (Column("Stream"), *(Column(name, ColumnKind.COUNT) for name in numbers))
    return Table(
        "Selection by stream",
        (*columns, Column("Of offers, accepted", ColumnKind.SHARE)),
        tuple(rows),
        note="Applicants count once in every stream they chose; offers called from the reserve are included.",
    )


SELECTION = Report(name="selection", question="How were scholars selected?", compile=compile_selection, order=30)
