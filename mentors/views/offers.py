"""All offers of a cohort; single ones made by hand or withdrawn."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import streams_of
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from mentors.forms import HandOfferForm, OfferFilter, ReasonForm
from mentors.models import Offer
from mentors.policies import can_offer
from mentors.selectors import conflicted_applications, offers_visible_to
from mentors.services import make_offer as make
from mentors.services import withdraw_offer
from mentors.states import LIVE, OfferState
from mentors.views.door import run_cohort


@access(staff_of_some_cohort)
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """Every offer of the cohort with its state."""
    cohort = run_cohort(request, slug)
    form = OfferFilter(request.GET, streams=list(streams_of(cohort)))
    found = offers_visible_to(request.user).in_cohort(cohort)
    counts = Counter(found.values_list("state", flat=True))
    rows = form.narrow(found).select_related("application__person", "application__cohort", "stream", "round__cohort")
    facts = {
        "cohort": cohort,
        "form": form,
        "page": keyset(rows, request, key=("-made_at", "-id")),
        "counts": [(state.label, counts[state]) for state in OfferState if counts[state]],
        "total": counts.total(),
    }
    return render(request, "mentors/offer_list.html", facts)


@access(staff_of_some_cohort, methods=FORM)
def make_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare one offer by hand, with the reason."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    streams = list(streams_of(cohort))
    initial = {"application": request.GET.get("application", "")}
    form = HandOfferForm(request.POST or None, streams=streams, initial=initial)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and _made(request, cohort, form):
            return redirect("mentors:offers", slug)
        status = HTTPStatus.BAD_REQUEST
    return render(request, "mentors/offer_form.html", {"cohort": cohort, "form": form}, status=status)


def _made(request: HttpRequest, cohort: Cohort, form: HandOfferForm) -> bool:
    found = Application.objects.in_cohort(cohort).exclude(pk__in=conflicted_applications(request.user))
    application = found.filter(code=form.cleaned_data["application"].lower()).first()
    if application is None:
        form.add_error("application", "There is no application of that code in this cohort.")
        return False
    stream = get_object_or_404(streams_of(cohort), code=form.cleaned_data["stream"])
    try:
        make(application=application, stream=stream, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, f"Prepared for {application.person}, and told to nobody: it goes with the next release.")
    return True


def _offer(request: HttpRequest, cohort: Cohort, code: str) -> Offer:
    found = offers_visible_to(request.user).in_cohort(cohort)
    return get_object_or_404(
        found.select_related("application__person", "application__cohort", "stream__cohort"), code=code
    )


@access(staff_of_some_cohort, methods=FORM)
def withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take an offer back; asks first, and for the reason."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    offer = _offer(request, cohort, code)
    if offer.state not in LIVE:
        messages.warning(request, "This offer has ended already.")
        return redirect("mentors:offers", slug)
    form = ReasonForm(request.POST or None, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                withdraw_offer(offer=offer, reason=form.cleaned_data["reason"], by=request.user)
                messages.success(request, "Withdrawn.")
                return redirect("mentors:offers", slug)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    is_told = offer.state == OfferState.RELEASED
    return render(
        request,
        "mentors/offer_confirm_withdraw.html",
        {"offer": offer, "form": form, "is_told": is_told},
        status=status,
    )
