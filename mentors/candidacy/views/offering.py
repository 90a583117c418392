"""Offer to mentor: the form, what became of it, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.web.access import ACT, FORM, access, reader, signed_in
from mats_portal.web.errors import Refusal
from mentors.candidacy.forms import OfferForm
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import cohorts_to_mentor_in, own_candidacy, window_for
from mentors.candidacy.services import send_candidacy, withdraw_candidacy
from mentors.candidacy.states import DECIDED, CandidacyState


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    cohort = get_object_or_404(cohorts_to_mentor_in(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


@access(signed_in, methods=FORM)
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form while offers are taken; afterwards what was sent and what was decided."""
    cohort, by = _cohort(request, slug), reader(request)
    own = own_candidacy(by, cohort)
    initial = OfferForm.initial_of(own) if own else {}
    form = OfferForm(request.POST or None, cohort=cohort, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            send_candidacy(cohort=cohort, proposal=form.proposal, by=by)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Changed." if own else "Thank you. Your offer is in, and a letter confirms it.")
            return redirect("candidacy:offer", slug)
    window = window_for(by, cohort)
    context = {
        "cohort": cohort,
        "own": own,
        "form": form,
        "window": window,
        "shown": CandidacyState.SENT if own and own.state in DECIDED and not own.is_told else own and own.state,
        "may_write": (window.is_open and (own is None or own.state not in DECIDED)) or form.is_bound,
    }
    return render(request, "candidacy/candidacy_offer.html", context)


@access(signed_in, methods=ACT)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the offer back."""
    own = get_object_or_404(Candidacy, cohort=_cohort(request, slug), person_id=reader(request).pk)
    try:
        withdraw_candidacy(candidacy=own, by=request.user)
        messages.success(request, "Your offer is withdrawn. You can send it again while offers are taken.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("candidacy:offer", slug)
