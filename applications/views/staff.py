"""What programme staff and mentors see of applications."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from applications.columns import USUAL, columns_of
from applications.exporting import write_table
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
)
from applications.table import DEFINITION, ApplicationFilters, counts_of, table_rows
from applications.views.common import visible_cohort
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import evaluators_of_some_cohort, staff_of_some_cohort
from mats_portal.cohorts.selectors import path_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record
from mats_portal.web.access import access, require
from mats_portal.web.pages import keyset
from mats_portal.web.tables import Table

STAFF_PATH = (
    MilestoneKind.APPLICATIONS_OPEN,
    MilestoneKind.APPLICATIONS_CLOSE,
    MilestoneKind.REVIEWS_DUE,
    MilestoneKind.OFFERS_RELEASED,
    MilestoneKind.ANSWERS_DUE,
    MilestoneKind.IN_PERSON_STARTS,
)


def _table(request: HttpRequest, cohort: Cohort) -> tuple[ApplicationFilters, dict[int, Stream]]:
    streams = list(Stream.objects.filter(cohort=cohort).order_by("name"))
    return ApplicationFilters(request.GET, streams=streams), {stream.pk: stream for stream in streams}


@access(staff_of_some_cohort)
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of all applications to the cohort."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    filters, streams = _table(request, cohort)
    narrowed = filters.narrow(applications_visible_to(request.user).in_cohort(cohort))
    page = keyset(table_rows(narrowed), request, key=("-changed_at", "-id"))
    for row in page.items:
        row["url"] = f"{request.path}{row['code']}/"
    columns = columns_of(streams)
    context = {
        "cohort": cohort,
        "steps": path_of(cohort, STAFF_PATH),
        "filters": filters,
        "page": page,
        "table": Table([columns[name] for name in USUAL], page.items),
        "counts": counts_of(cohort),
        "definition": DEFINITION,
        "is_narrowed": bool(request.GET),
    }
    return render(request, "applications/application_list.html", context)


@access(staff_of_some_cohort)
def export(request: HttpRequest, slug: str) -> FileResponse:
    """The filtered table as CSV: written to a file first, so that a download is whole or not at all."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    filters, _ = _table(request, cohort)
    found = filters.narrow(applications_visible_to(request.user).in_cohort(cohort))
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.TemporaryFile())
        with transaction.atomic():
            count = write_table(file, found)
            record(by=request.user, verb="export applications", subject=cohort, cohort=cohort, facts={"rows": count})
        unless_whole.pop_all()  # From here on the response closes it.
    file.seek(0)
    name = f"applications-{cohort.slug}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@access(evaluators_of_some_cohort)
def application(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One application, as much of it as the reader may see."""
    cohort = visible_cohort(request, slug)
    visible = applications_visible_to(request.user).in_cohort(cohort).select_related("cohort", "person")
    found = get_object_or_404(visible, code=code)
    require(can_read_application(request.user, found))
    is_staff = can_list_applications(request.user, cohort).allowed
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
        "parts": for_reading(readable_parts(found, request.user, submission)),
        "streams": [by_code[row["code"]] for row in rows if row["code"] in by_code],
        "is_staff": is_staff,
        "letters": letters_about(found, request.user),
        "references": references_of(found) if is_staff else None,
        "document": submitted_document(found),
        "concerns": concerns_about(found, request.user) if submission else [],
        "may_doubt": submission is not None and can_raise_concern(request.user, found).allowed,
        "flags": flags_of(found) if is_staff and submission else [],
        "earlier": before(found, request.user) if is_staff else [],
    }
