"""From rankings to offers: conflicts first, then the matching, then a round and its offers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.access import ACT, access, require
from mats_portal.web.errors import Refusal
from mentors.models import SelectionRound
from mentors.policies import can_offer
from mentors.selectors import between_streams, selection_inputs, streams_status
from mentors.selectors.displacing import displaced_in
from mentors.selectors.rounds import is_current, result_for, rounds_of
from mentors.services import prepare_offers, run_matching, set_round_aside
from mentors.states import RoundState
from mentors.views.door import run_cohort


@access(staff_of_some_cohort)
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the streams are, who is wanted twice, and the rounds so far."""
    cohort = run_cohort(request, slug)
    statuses = streams_status(cohort)
    facts = {
        "cohort": cohort,
        "statuses": statuses,
        "missing": [status for status in statuses if status.applicants and not status.is_in],
        "contests": between_streams(cohort, request.user),
        "rounds": rounds_of(cohort),
        "seats": sum(status.stream.seats for status in statuses),
        "free": sum(max(status.free, 0) for status in statuses),
        "waiting": sum(status.waiting for status in statuses),
        "taken": sum(status.stream.seats_taken for status in statuses),
        "rankings_due": milestone(cohort, MilestoneKind.RANKINGS_DUE),
    }
    return render(request, "mentors/selection.html", facts)


@access(staff_of_some_cohort, methods=ACT)
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Run the matching and show the round."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    try:
        made = run_matching(cohort=cohort, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("mentors:selection", slug)
    return redirect(made)


def _round(cohort: Cohort, code: str) -> SelectionRound:
    return get_object_or_404(
        SelectionRound.objects.select_related("cohort", "made_by", "released_by"), cohort=cohort, code=code
    )


@access(staff_of_some_cohort)
def made_round(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One round: who is with whom and why, and what would be sent."""
    cohort = run_cohort(request, slug)
    made = _round(cohort, code)
    facts = {
        "round": made,
        "cohort": made.cohort,
        "result": result_for(made, request.user),
        "displaced": displaced_in(made, request.user),
        "is_current": is_current(made, selection_inputs(made.cohort)),
        "is_open": made.state in (RoundState.MADE, RoundState.PREPARED),
        "is_prepared": made.state == RoundState.PREPARED,
        "count": made.offers.pending().count(),
    }
    return render(request, "mentors/round_detail.html", facts)


@access(staff_of_some_cohort, methods=ACT)
def prepare(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Prepare the round's offers; nobody is told yet."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    made = _round(cohort, code)
    try:
        count = prepare_offers(made=made, by=request.user)
        messages.success(request, f"{count} offers are prepared. Nobody has been told yet.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(made)


@access(staff_of_some_cohort, methods=ACT)
def set_aside(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Drop the prepared offers of a round."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    made = _round(cohort, code)
    try:
        set_round_aside(made=made, by=request.user)
        messages.success(request, "Set aside. Its prepared offers are gone, and nobody was told of them.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(made)
