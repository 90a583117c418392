"""The scores of a round for programme staff: advice beside the raw score, and how far it can be trusted."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.journal.services import record
from mats_portal.rubrics.states import Dimension
from mats_portal.web.access import access
from mentors.exporting import copy_reviews
from mentors.forms import ScoresForm
from mentors.selectors.round_scores import (
    readable_scores,
    round_scores,
    sealed_count,
    waivers_by_mentor,
    with_applications,
)
from mentors.states import ScoreOrder
from mentors.views.door import run_cohort

ROWS = 50


@access(staff_of_some_cohort)
def scores(request: HttpRequest, slug: str) -> HttpResponse:
    """Raw means and calibrated ones with their doubt, agreement, disagreement, leniency and drift."""
    cohort = run_cohort(request, slug)
    form = ScoresForm(request.GET, seats=cohort.seats)
    wanted = form.wanted()
    found = round_scores(
        request.user,
        cohort,
        Dimension(wanted["dimension"]),
        first=wanted["first"],
        order=ScoreOrder(wanted["order"]),
    )
    page = Paginator(found.rows, ROWS).get_page(request.GET.get("page"))
    facts = {
        "cohort": cohort,
        "form": form,
        "found": found,
        "first": wanted["first"],
        "page": page,
        "rows": with_applications(list(page)),
        "waivers": waivers_by_mentor(request.user, cohort),
        "sealed": sealed_count(request.user, cohort),
    }
    return render(request, "mentors/scores.html", facts)


@access(staff_of_some_cohort)
def review_export(request: HttpRequest, slug: str) -> FileResponse:
    """Every review that is in, as far as the reader may see it, as CSV; a download is whole or not at all."""
    cohort = run_cohort(request, slug)
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.TemporaryFile())
        with transaction.atomic():
            count = copy_reviews(readable_scores(request.user, cohort), file)
            record(by=request.user, verb="export reviews", subject=cohort, cohort=cohort, facts={"rows": count})
        unless_whole.pop_all()  # From here on the response closes it.
    file.seek(0)
    name = f"reviews-{cohort.slug}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
