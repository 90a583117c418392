"""The list of cohorts, a new one, and how one is set up."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mats_portal.cohorts import services
from mats_portal.cohorts.dashboard import STAFF_PATH
from mats_portal.cohorts.forms import CohortForm, NewCohortForm
from mats_portal.cohorts.policies import (
    can_run_cohort,
    can_set_up_cohort,
    staff_of_some_cohort,
    staff_or_administrators,
)
from mats_portal.cohorts.selectors import cohorts_set_up_by, path_of, staff_counts
from mats_portal.cohorts.setting_up import setup_steps
from mats_portal.cohorts.views import cohort_for
from mats_portal.journal.selectors import entries_in_cohort
from mats_portal.people.policies import can_open_cohort
from mats_portal.web.access import FORM, access, reader
from mats_portal.web.errors import Refusal
from mats_portal.web.home import queues_for
from mats_portal.web.pages import keyset


@access(staff_or_administrators)
def cohorts(request: HttpRequest) -> HttpResponse:
    """The cohorts that the reader sets up, newest first."""
    page = keyset(cohorts_set_up_by(request.user), request, key=("-created_at", "-id"))
    context = {"page": page, "may_open": can_open_cohort(request.user).allowed}
    return render(request, "cohorts/cohorts.html", context)


@access(can_open_cohort, methods=FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Open a cohort, with its dates proposed."""
    form = NewCohortForm(request.POST or None, cohorts=cohorts_set_up_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            cohort = services.create_cohort(by=reader(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{cohort} is open, and you are its first staff member. Look at the dates next.")
            return redirect("cohorts:dates", cohort.slug)
    return render(request, "cohorts/new.html", {"form": form})


@access(staff_or_administrators)
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits in the cohort, its path, and who is there."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    prefetch_related_objects([cohort], "milestones")
    now = timezone.now()
    context = {
        "cohort": cohort,
        "steps": path_of(cohort, STAFF_PATH),
        "setup": setup_steps([cohort], now).get(cohort),
        "queues": [queue for queue in queues_for(request.user, cohort, now) if queue.count],
        "counts": staff_counts(cohort),
    }
    return render(request, "cohorts/overview.html", context)


@access(staff_or_administrators, methods=FORM)
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, place, official zone, seats, and whether the public page can be seen."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    initial = {field: getattr(cohort, field) for field in CohortForm.base_fields}
    form = CohortForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_cohort(cohort=cohort, by=reader(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("cohorts:settings", slug)
    return render(request, "cohorts/settings.html", {"cohort": cohort, "form": form})


@access(staff_of_some_cohort)
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what in the cohort, newest first."""
    cohort = cohort_for(request, slug, can_run_cohort)
    page = keyset(entries_in_cohort(cohort.slug), request)
    return render(request, "cohorts/history.html", {"cohort": cohort, "page": page})
