"""Finishing a cohort, and offers that nobody answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_run_by
from mats_portal.web.access import FORM, access, signed_in
from mats_portal.web.errors import Refusal
from scholars.forms import FinishForm
from scholars.models import Scholar
from scholars.selectors import brake_of, overdue_offers
from scholars.services import finish_scholars, lapse_offers


@access(signed_in, methods=FORM)
def finish(request: Any, slug: str) -> HttpResponse:
    """Choose who becomes an alumna or alumnus, and type how many."""
    cohort = _cohort(request, slug)
    active = list(Scholar.objects.active().in_cohort(cohort).select_related("person", "stream"))
    initial = {"scholars": [one.code for one in active], "count": None}
    form = FinishForm(request.POST or None, scholars=active, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            number = finish_scholars(
                cohort=cohort, codes=given["scholars"], typed_count=given["count"], by=request.user
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{number} finished. Each has a letter, and is asked now and then what they do.")
            return redirect("scholars:scholars", slug)
    return render(request, "scholars/scholar_finish.html", {"cohort": cohort, "form": form, "total": len(active)})


@access(signed_in, methods=FORM)
def overdue(request: Any, slug: str) -> HttpResponse:
    """Offers whose time is over and that were too many to end without a person."""
    cohort = _cohort(request, slug)
    if request.method == "POST":
        done = lapse_offers(cohort=cohort, by=request.user)
        messages.success(request, f"{done.lapsed} ended, and the next in each stream's order have an offer.")
        return redirect("scholars:overdue", slug)
    context = {"cohort": cohort, "offers": overdue_offers(cohort), "brake": brake_of(cohort)}
    return render(request, "scholars/offer_overdue.html", context)


def _cohort(request: Any, slug: str) -> Cohort:
    """The cohort, if this person runs it; otherwise 404."""
    cohort = get_object_or_404(cohorts_run_by(request.user), slug=slug)
    request.cohort = cohort
    return cohort
