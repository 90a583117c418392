"""How applications come in, beside the cohort before."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.charting import chart_of, done_in
from applications.selectors.arriving import pace_of
from applications.views.table import run_by_reader
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import access


@access(staff_of_some_cohort)
def pace(request: HttpRequest, slug: str) -> HttpResponse:
    """The chart, aligned by the closes of the two cohorts: all so far, or with `by=day` each day by itself."""
    cohort = run_by_reader(request, slug)
    found = pace_of(cohort, request.user)
    by_day = request.GET.get("by") == "day"
    context: dict[str, Any] = {
        "cohort": cohort,
        "pace": found,
        "is_by_day": by_day,
        "is_so_far": not by_day,
        "title": "Applications each day" if by_day else "Applications so far",
    }
    if found is not None:
        done = done_in(found)
        context |= {"done": done, "chart": chart_of(found, cohort, done, by_day=by_day)}
    return render(request, "applications/pace.html", context)
