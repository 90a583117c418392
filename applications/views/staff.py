"""One application, as staff and evaluators read it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from applications.models import Application
from applications.policies import can_list_applications, can_raise_concern, can_read_application
from applications.reading import for_reading
from applications.selectors import (
    applications_visible_to,
    before,
    concerns_about,
    flags_of,
    letters_about,
    readable_parts,
    references_of,
    submission_for,
    submitted_document,
    with_names,
)
from applications.views.common import visible_cohort
from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.web.access import access, require


@access(evaluators_of_some_cohort)
def application(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One application, as much of it as the reader may see."""
    cohort = visible_cohort(request, slug)
    is_staff = can_list_applications(request.user, cohort).allowed
    visible = with_names(applications_visible_to(request.user).in_cohort(cohort), request.user)
    related = ("cohort", "person") if is_staff else ("cohort",)
    found = get_object_or_404(visible.select_related(*related), code=code)
    require(can_read_application(request.user, found))
    return render(request, "applications/application_detail.html", _reading(request, found, is_staff))


def _reading(request: HttpRequest, found: Application, is_staff: bool) -> Mapping[str, object]:
    submission = submission_for(found, request.user)
    rows = submission.content["streams"] if submission else []
    own = {row["code"] for row in rows} if is_staff else set(submission.own_streams if submission else ())
    shown = Stream.objects.filter(cohort=found.cohort_id, code__in=own)
    by_code = {stream.code: stream for stream in shown}
    return {
        "application": found,
        "submission": submission,
        "parts": for_reading(readable_parts(found, request.user, submission), partial(_file_url, found)),
        "streams": [by_code[row["code"]] for row in rows if row["code"] in by_code],
        "is_staff": is_staff,
        "letters": letters_about(found, request.user),
        "references": references_of(found) if is_staff else None,
        "document": submitted_document(found, request.user),
        "concerns": concerns_about(found, request.user) if submission else [],
        "may_doubt": submission is not None and can_raise_concern(request.user, found).allowed,
        "flags": flags_of(found) if is_staff and submission else [],
        "earlier": before(found, request.user) if is_staff else [],
    }


def _file_url(application: Application, code: str) -> str:
    return reverse("applications:application_file", args=[application.cohort.slug, application.code, code])
