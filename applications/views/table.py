"""The table of a cohort's applications: read, arranged, saved under a name, downloaded."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.arranging import answer_columns, arrangement
from applications.columns import columns_of
from applications.exporting import cells_of, write_table
from applications.forms import ViewForm
from applications.models import ApplicationQuerySet, Label
from applications.policies import can_list_applications
from applications.selectors import applications_visible_to, saved_views_visible_to
from applications.selectors.bulk import labels_of
from applications.services import remove_view, save_view
from applications.table import DEFINITION, ApplicationFilters, counts_of
from applications.views.common import visible_cohort
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import path_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record
from mats_portal.web.access import ACT, FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset

STAFF_PATH = (
    MilestoneKind.APPLICATIONS_OPEN,
    MilestoneKind.APPLICATIONS_CLOSE,
    MilestoneKind.REVIEWS_DUE,
    MilestoneKind.OFFERS_RELEASED,
    MilestoneKind.ANSWERS_DUE,
    MilestoneKind.IN_PERSON_STARTS,
)
LONGEST_ADDRESS = 2000


def _filters(
    address: QueryDict, cohort: Cohort, labels: Sequence[Label]
) -> tuple[ApplicationFilters, dict[int, Stream]]:
    streams = list(Stream.objects.filter(cohort=cohort).order_by("name"))
    return ApplicationFilters(address, streams=streams, labels=labels), {stream.pk: stream for stream in streams}


def narrowed(request: HttpRequest, cohort: Cohort) -> ApplicationQuerySet:
    """The applications that fit the filters in the address."""
    filters, _ = _filters(request.GET, cohort, labels_of(cohort) if "label" in request.GET else ())
    return filters.narrow(applications_visible_to(request.user).in_cohort(cohort))


def run_by_reader(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its staff; else 404 or 403."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    return cohort


@access(staff_of_some_cohort)
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of all applications to the cohort."""
    cohort = run_by_reader(request, slug)
    labels = labels_of(cohort)
    filters, streams = _filters(request.GET, cohort, labels)
    arranged = arrangement(cohort, streams, request.GET)
    found = filters.narrow(applications_visible_to(request.user).in_cohort(cohort))
    page = keyset(arranged.rows(found), request, key=arranged.key)
    for row in page.items:
        row["url"] = f"{request.path}{row['code']}/"
    context = {
        "cohort": cohort,
        "steps": path_of(cohort, STAFF_PATH),
        "filters": filters,
        "page": page,
        "table": arranged.table(page.items, request.GET),
        "labels": labels,
        "views": list(saved_views_visible_to(request.user).filter(cohort=cohort)),
        "address": request.GET.urlencode(),
        "counts": counts_of(cohort),
        "definition": DEFINITION,
        "is_narrowed": bool(request.GET),
    }
    return render(request, "applications/application_list.html", context)


@access(staff_of_some_cohort)
def columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the columns of the table; what else stands in the address stays."""
    cohort = run_by_reader(request, slug)
    shown = [column.name for column in arrangement(cohort, {}, request.GET).columns]
    kept = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    context = {
        "cohort": cohort,
        "own": [(name, column.label) for name, column in columns_of({}).items() if name != "applicant"],
        "answers": [(name, column.label) for name, column in answer_columns(cohort).items()],
        "shown": shown,
        "back_url": f"{reverse('applications:applications', args=[slug])}?{_kept(request.GET)}",
        "kept": [(name, value) for name, value in kept if name not in ("columns", "after", "before")],
    }
    return render(request, "applications/table_columns.html", context)


@access(staff_of_some_cohort, methods=FORM)
def views(request: HttpRequest, slug: str) -> HttpResponse:
    """The saved views, and a name for the table as the address arranges it."""
    cohort = run_by_reader(request, slug)
    address = _kept(request.GET)
    form, status = ViewForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                saved = save_view(cohort=cohort, address=address, by=reader(request), **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, f"“{saved.name}” is kept above the table.")
                return redirect(f"{reverse('applications:applications', args=[slug])}?{saved.address}")
    found = saved_views_visible_to(request.user).filter(cohort=cohort)
    context = {"cohort": cohort, "form": form, "address": address, "views": found}
    return render(request, "applications/view_list.html", context, status=status)


@access(staff_of_some_cohort, methods=ACT)
def forget(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Remove a saved view of one's own."""
    cohort = run_by_reader(request, slug)
    view = get_object_or_404(saved_views_visible_to(request.user).filter(cohort=cohort), code=code)
    try:
        remove_view(view=view, by=reader(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"“{view.name}” is removed. The applications are as they were.")
    return redirect("applications:views", slug)


def _kept(given: QueryDict) -> str:
    """What of an address arranges the table: its filters, columns and order."""
    known, kept = ApplicationFilters.base_fields, QueryDict(mutable=True)
    for name in given:
        if name in known:
            kept.setlist(name, [value for value in given.getlist(name) if value])
    address: str = kept.urlencode()
    return address if len(address) <= LONGEST_ADDRESS else ""


@access(staff_of_some_cohort)
def export(request: HttpRequest, slug: str) -> FileResponse:
    """The filtered table as CSV, with the columns that are shown if some were chosen."""
    cohort = run_by_reader(request, slug)
    return download(request, cohort, narrowed(request, cohort))


def download(request: HttpRequest, cohort: Cohort, found: ApplicationQuerySet) -> FileResponse:
    """The applications as CSV: written to a file first, so that a download is whole or not at all."""
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.TemporaryFile())
        with transaction.atomic():
            cells = cells_of(cohort, request.GET.getlist("columns"))
            count = write_table(file, found, cells)
            facts = {"rows": count, "columns": [cell.name for cell in cells]}
            record(by=request.user, verb="export applications", subject=cohort, cohort=cohort, facts=facts)
        unless_whole.pop_all()  # From here on the response closes it.
    file.seek(0)
    name = f"applications-{cohort.slug}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
