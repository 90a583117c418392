"""The files of an application at the review desk."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from applications.selectors import readable_answer_file, submitted_document
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.questionnaires.models import StoredPdf
from mats_portal.web.access import access
from mats_portal.web.files import attachment
from mentors.views.door import assessable_application, evaluated_cohort


@access(evaluators_of_some_cohort)
def cv(request: HttpRequest, slug: str, code: str) -> FileResponse:
    """The CV of an application that the reader is to review, or may take up."""
    application = assessable_application(request, evaluated_cohort(request, slug), code)
    return _give(submitted_document(application, request.user))


@access(evaluators_of_some_cohort)
def file(request: HttpRequest, slug: str, code: str, file: str) -> FileResponse:
    """The file of an answer that the reader may read there."""
    application = assessable_application(request, evaluated_cohort(request, slug), code)
    return _give(readable_answer_file(application, request.user, file))


def _give(kept: StoredPdf | None) -> FileResponse:
    if kept is None:
        raise Http404
    return attachment(kept.file, kept.name, "application/pdf")
