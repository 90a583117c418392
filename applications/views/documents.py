"""The CV: the applicant's page; the files of an application, for whoever may read them."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import DocumentForm
from applications.models import Application
from applications.policies import can_read_application
from applications.selectors import (
    applications_visible_to,
    current_document,
    own_answer_file,
    readable_answer_file,
    submitted_document,
    window_of,
    with_names,
)
from applications.services import attach_document, remove_document
from applications.views.common import own_application, visible_cohort
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.questionnaires.models import StoredPdf
from mats_portal.web.access import ACT, FORM, access, reader, require, signed_in
from mats_portal.web.errors import Refusal
from mats_portal.web.files import attachment
from mats_portal.web.pdf import LARGEST, FileTooLarge


@access(signed_in, methods=FORM)
def cv(request: HttpRequest, slug: str) -> HttpResponse:
    """The CV of the draft; POST puts another in its place."""
    application = own_application(request, slug)
    form = DocumentForm(request.POST or None, request.FILES or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                if file.size > LARGEST:
                    raise FileTooLarge  # before it is read
                kept = attach_document(application=application, name=file.name, content=file.read(), by=reader(request))
            except Refusal as refusal:
                form.add_error("file", refusal.sentence)
                if isinstance(refusal, FileTooLarge):
                    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            else:
                messages.success(request, f"“{kept.name}” is part of your application.")
                return redirect("applications:cv", slug)
    context = {
        "application": application,
        "document": current_document(application),
        "form": form,
        "window": window_of(application.cohort, request.user),
    }
    return render(request, "applications/document_form.html", context, status=status)


@access(signed_in, methods=ACT)
def remove_cv(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the CV out of the draft."""
    if remove_document(application=own_application(request, slug), by=request.user):
        messages.success(request, "Your CV is taken out.")
    return redirect("applications:cv", slug)


@access(signed_in)
def own_cv(request: HttpRequest, slug: str) -> FileResponse:
    """The applicant's own file."""
    return _give(current_document(own_application(request, slug)))


@access(signed_in)
def own_file(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """The file of an answer in the applicant's own draft."""
    return _give(own_answer_file(own_application(request, slug), code))


@access(evaluators_of_some_cohort)
def application_cv(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """The submitted file, for staff and the mentors of the chosen streams."""
    return _give(submitted_document(_read(request, slug, code), request.user))


@access(evaluators_of_some_cohort)
def application_file(request: HttpRequest, slug: str, code: str, file: str) -> FileResponse:
    """The file of a submitted answer, for whoever may read that answer."""
    return _give(readable_answer_file(_read(request, slug, code), request.user, file))


def _read(request: HttpRequest, slug: str, code: str) -> Application:
    """The application, for somebody who may read it; else 404 or 403."""
    visible = applications_visible_to(request.user).in_cohort(visible_cohort(request, slug))
    application: Application = get_object_or_404(with_names(visible, request.user).select_related("cohort"), code=code)
    require(can_read_application(request.user, application))
    return application


def _give(kept: StoredPdf | None) -> FileResponse:
    if kept is None:
        raise Http404
    return attachment(kept.file, kept.name, "application/pdf")
