"""Copy from an earlier cohort: look at what would be copied, choose, copy."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.policies import can_set_up_cohort, staff_or_administrators
from mats_portal.cohorts.selectors import cohorts_set_up_by
from mats_portal.cohorts.services.carrying import carry_over, lines_between
from mats_portal.cohorts.views import cohort_for
from mats_portal.web.access import FORM, access, reader
from mats_portal.web.errors import Refusal


@access(staff_or_administrators, methods=FORM)
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """The earlier cohorts; of the chosen one everything that can be copied; POST copies what is ticked."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    others = cohorts_set_up_by(request.user).exclude(pk=cohort.pk).order_by("-created_at", "-pk")
    wanted = (request.POST or request.GET).get("from", "")
    source = get_object_or_404(others, slug=wanted) if wanted else None
    status, refused = HTTPStatus.OK, ""
    if request.method == "POST" and source:
        try:
            carry_over(source=source, target=cohort, codes=request.POST.getlist("part"), by=reader(request))
        except Refusal as refusal:
            status, refused = HTTPStatus.CONFLICT, refusal.sentence
        else:
            messages.success(request, f"Copied from {source}. Look through it, and change what is different this time.")
            return redirect("cohorts:overview", slug)
    context = {
        "cohort": cohort,
        "others": others[:50],
        "source": source,
        "lines": lines_between(source, cohort) if source else [],
        "ticked": request.POST.getlist("part"),
        "refused": refused,
    }
    return render(request, "cohorts/copy.html", context, status=status)
