"""A cohort's sensitive answers: when they go, what would go, which figures stay."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.policies import can_run_cohort, staff_of_some_cohort
from mats_portal.cohorts.selectors import cohorts_run_by
from mats_portal.keeping import services
from mats_portal.keeping.models import PurgeRun
from mats_portal.keeping.selectors import parts_of_purge, purge_due_at
from mats_portal.web.access import FORM, access, reader, require
from mats_portal.web.clock import database_now
from mats_portal.web.errors import Refusal


@access(staff_of_some_cohort, methods=FORM)
def sensitive(request: HttpRequest, slug: str) -> HttpResponse:
    """The dry run, and what was done before; the POST removes, once the date has come."""
    cohort = get_object_or_404(cohorts_run_by(request.user), slug=slug)
    require(can_run_cohort(request.user, cohort))
    request.cohort = cohort  # type: ignore[attr-defined]
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            return redirect(services.ask_for_purge(cohort=cohort, by=reader(request)))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            status = HTTPStatus.CONFLICT
    due_at = purge_due_at(cohort)
    context = {
        "cohort": cohort,
        "due_at": due_at,
        "is_due": due_at is not None and due_at <= database_now(),
        "parts": parts_of_purge(cohort),
        "runs": PurgeRun.objects.filter(cohort=cohort)[:10],
    }
    return render(request, "keeping/sensitive.html", context, status=status)
