"""Who can open which page of a cohort, why, and how it looks to them."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from mats_portal.cohorts.explaining import explain as explanation_of
from mats_portal.cohorts.eyes import seen_by
from mats_portal.cohorts.forms import ExplainForm
from mats_portal.cohorts.policies import can_run_cohort, staff_of_some_cohort
from mats_portal.cohorts.services import note_view_as
from mats_portal.cohorts.views import cohort_for
from mats_portal.web.access import ACT, access, reader


@access(staff_of_some_cohort)
def explain(request: HttpRequest, slug: str) -> HttpResponse:
    """Why a person can or cannot open a page."""
    cohort = cohort_for(request, slug, can_run_cohort)
    form = ExplainForm(request.GET or None)
    context: dict[str, Any] = {"cohort": cohort, "form": form}
    if form.is_valid():
        context |= form.cleaned_data
        context["explanation"] = explanation_of(
            person=form.cleaned_data["person"], address=form.cleaned_data["address"], cohort=cohort, asker=request
        )
    return render(request, "cohorts/explain.html", context)


@access(staff_of_some_cohort, methods=ACT)
@csp_update({"sandbox": ["allow-same-origin"]})  # type: ignore[arg-type]  # no forms, no scripts: it can only be looked at
def view_as(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page as the person sees it: read-only, with a banner, and noted in the journal."""
    cohort = cohort_for(request, slug, can_run_cohort)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return render(request, "cohorts/explain.html", {"cohort": cohort, "form": form})
    person, address = form.cleaned_data["person"], form.cleaned_data["address"]
    if not explanation_of(person=person, address=address, cohort=cohort, asker=request).can_be_shown:
        raise Http404
    note_view_as(person=person, address=address, cohort=cohort, by=reader(request))
    response = seen_by(person, address, request).response
    if response is None:
        raise Http404
    return response
