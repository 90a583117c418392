"""One offer, as the person sees it to whom it was made. GET shows, POST acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mats_portal.web.access import ACT, access, require, signed_in
from mats_portal.web.errors import Refusal
from mentors.models import Offer
from mentors.states import PUBLIC_WORDING, OfferState
from scholars.forms import DeclineForm
from scholars.policies import can_answer_offer, offers_to
from scholars.selectors import mentors_of, open_offers_of
from scholars.services import accept_offer, decline_offer


@access(signed_in)
def offer(request: Any, code: str) -> HttpResponse:
    """The seat, until when it is held, and what accepting it ends."""
    return _page(request, _own(request, code), DeclineForm())


@access(signed_in, methods=ACT)
def accept(request: Any, code: str) -> HttpResponse:
    """Take the seat."""
    found = _own(request, code)
    if found.state != OfferState.ACCEPTED:
        require(can_answer_offer(request.user, found))
    try:
        scholar = accept_offer(offer=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("scholars:offer", code)
    messages.success(request, f"The seat in {scholar.stream} is yours. Welcome to {scholar.cohort}!")
    return redirect("home")


@access(signed_in, methods=ACT)
def decline(request: Any, code: str) -> HttpResponse:
    """Give the seat back."""
    found = _own(request, code)
    if found.state != OfferState.DECLINED:
        require(can_answer_offer(request.user, found))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        decline_offer(offer=found, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"You declined the seat in {found.stream}. Thank you for telling us.")
    return redirect("scholars:offer", code)


def _own(request: Any, code: str) -> Offer:
    related = offers_to(request.user).select_related("stream__cohort", "application__cohort", "application__person")
    found = get_object_or_404(related, code=code)
    request.cohort = found.application.cohort
    return found


def _page(request: Any, found: Offer, form: DeclineForm, *, status: int = 200) -> HttpResponse:
    others = open_offers_of(request.user).filter(application=found.application).exclude(pk=found.pk)
    is_open = found.state == OfferState.RELEASED
    is_over = is_open and found.expires_at is not None and found.expires_at <= timezone.now()
    context = {
        "offer": found,
        "cohort": found.application.cohort,
        "stream": found.stream,
        "mentors": mentors_of([found.stream_id]).get(found.stream_id, []),
        "others": others,
        "wording": PUBLIC_WORDING[OfferState.LAPSED if is_over else OfferState(found.state)],
        "can_answer": is_open and not is_over,
        "form": form,
    }
    return render(request, "scholars/offer_detail.html", context, status=status)
