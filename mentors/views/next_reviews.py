"""The next best reviews: a list with its reasons, assigned with one button and undone with another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import FORM, access
from mats_portal.web.text import counted
from mentors.errors import PlanChanged
from mentors.marking_forms import NextForm
from mentors.selectors.next_reviews import next_plan
from mentors.services.next_reviews import assign_next_reviews
from mentors.views.door import run_cohort


@access(staff_of_some_cohort, methods=FORM)
def next_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Which further reviews tell most about the first k; a POST assigns what was shown."""
    cohort = run_cohort(request, slug)
    usual = {"k": max(cohort.seats, 1), "count": 20}
    form = NextForm(request.POST or request.GET or usual)
    if request.method == "POST" and form.is_valid():
        digest = request.POST.get("digest", "")
        try:
            count = assign_next_reviews(cohort=cohort, digest=digest, by=request.user, **form.cleaned_data)
        except PlanChanged as changed:
            messages.warning(request, changed.sentence)
        else:
            messages.success(request, f"{counted(count, 'review', 'reviews')} assigned.")
            return redirect("mentors:assignments", slug)
    plan = next_plan(cohort, request.user, **form.cleaned_data) if form.is_valid() else None
    return render(request, "mentors/assignment_next.html", {"cohort": cohort, "form": form, "plan": plan})
