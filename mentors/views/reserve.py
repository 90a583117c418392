"""The reserve: what moved lately, what waits for staff, and how fast it goes by itself."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from mentors.models import ReserveBrake
from mentors.policies import can_offer
from mentors.release_forms import BrakeForm, HeldForm
from mentors.selectors.braking import brake_on_calls, calls_in_a_day, held_calls, moves_lately
from mentors.services import call_held as call_what_waits
from mentors.services import leave_seats_free, set_reserve_brake
from mentors.views.door import run_cohort

PAGE = 50


@access(staff_of_some_cohort, methods=FORM)
def reserve(request: HttpRequest, slug: str) -> HttpResponse:
    """Seats given back and calls, newest first; the brake, set here."""
    cohort = run_cohort(request, slug)
    brake = ReserveBrake.objects.filter(cohort=cohort).first()
    form = BrakeForm(
        request.POST if request.method == "POST" else None,
        initial={"most": brake.most if brake else None},
        label_suffix="",
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_offer(request.user, cohort))
        if form.is_valid():
            set_reserve_brake(cohort=cohort, most=form.cleaned_data["most"], by=request.user)
            messages.success(request, "Set. It holds for every call from now on.")
            return redirect("mentors:reserve", slug)
        status = HTTPStatus.BAD_REQUEST
    moves = Paginator(moves_lately(request.user, cohort), PAGE).get_page(request.GET.get("page"))
    held = list(held_calls(cohort))
    facts = {
        "cohort": cohort,
        "form": form,
        "held": held,
        "why": list(dict.fromkeys(one.get_why_display() for one in held)),
        "called": calls_in_a_day(cohort).count(),
        "most": brake_on_calls(cohort),
        "moves": moves,
        "words": f"{moves.start_index()}–{moves.end_index()} of {moves.paginator.count:,}",
        "before": f"?page={moves.previous_page_number()}" if moves.has_previous() else "",
        "after": f"?page={moves.next_page_number()}" if moves.has_next() else "",
    }
    return render(request, "mentors/reserve.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def call_held(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the reserve go on: as many calls as the page said."""
    cohort, expected = _decided(request, slug)
    try:
        offers = call_what_waits(cohort=cohort, expected=expected, by=request.user)
        letters = counted(len(offers), "letter is", "letters are")
        messages.success(request, f"{letters} on the way. From now on the reserve goes by itself again.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("mentors:reserve", slug)


@access(staff_of_some_cohort, methods=ACT)
def leave_free(request: HttpRequest, slug: str) -> HttpResponse:
    """Call nobody for the seats that wait."""
    cohort, expected = _decided(request, slug)
    try:
        leave_seats_free(cohort=cohort, expected=expected, by=request.user)
        messages.success(request, "Nobody is called for them. The seats stay free; an offer by hand can fill them.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("mentors:reserve", slug)


def _decided(request: HttpRequest, slug: str) -> tuple[Cohort, int]:
    """The cohort, and how many seats the person saw waiting; -1 when the page did not say it."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    form = HeldForm(request.POST)
    return cohort, form.cleaned_data["seats"] if form.is_valid() else -1
