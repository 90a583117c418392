"""Import a file: upload, say what the columns are, see what would happen, do it."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import MappingForm, UploadForm
from applications.imports.table import Table
from applications.models import ImportFile
from applications.policies import can_list_applications
from applications.services.files import keep_file, preview_import, set_mapping, start_import
from applications.services.importing import IMPORTERS
from applications.states import ImportKind
from applications.views.common import visible_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal

MOST_LISTED = 200


@access(staff_of_some_cohort, methods=FORM)
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file and what is in it."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    form = UploadForm(request.POST or None, request.FILES or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            file, kind = form.cleaned_data["file"], ImportKind(form.cleaned_data["kind"])
            try:
                kept = keep_file(
                    cohort=cohort,
                    kind=kind,
                    name=file.name,
                    content=file.read(),
                    zone=form.cleaned_data["zone"],
                    by=request.user,
                )
            except Refusal as refusal:
                form.add_error("file", refusal.sentence)
            else:
                return redirect("applications:preview", slug, kept.code)
    return render(request, "applications/import_form.html", {"cohort": cohort, "form": form}, status=status)


@access(staff_of_some_cohort, methods=FORM)
def preview(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What the columns are, and what an import would do; POST changes the columns, or starts the import."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    reader: Any = request.user
    own = ImportFile.objects.filter(cohort=cohort, uploaded_by=reader).select_related("cohort")
    file = get_object_or_404(own, code=code)
    if file.finished_at is not None:
        messages.info(request, f"“{file.name}” has been imported already.")
        return redirect("applications:upload", slug)
    if request.method == "POST" and "import" in request.POST:
        job = start_import(file=file, by=request.user, allow_rejected="allow_rejected" in request.POST)
        return redirect("jobs:job", job.code)
    return _preview(request, file)


def _preview(request: HttpRequest, file: ImportFile) -> HttpResponse:
    context: dict[str, Any] = {"cohort": file.cohort, "file": file}
    headers, targets = _columns(file)
    form = MappingForm(request.POST or None, headers=headers, targets=targets, mapping=file.mapping)
    if request.method == "POST" and form.is_valid():
        set_mapping(file=file, mapping=form.mapping)
        return redirect(request.path)
    status = HTTPStatus.OK
    try:
        outcome = preview_import(file=file, by=request.user)
        context |= {"outcome": outcome, "rejected": outcome.rejected[:MOST_LISTED], "facts": outcome.facts()}
    except Refusal as refusal:
        context["refusal"] = refusal
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "applications/import_preview.html", context | {"form": form}, status=status)


def _columns(file: ImportFile) -> tuple[list[str], Any]:
    table = Table(io.BytesIO(bytes(file.content)))
    return table.headers, IMPORTERS[ImportKind(file.kind)].targets(file.cohort)
