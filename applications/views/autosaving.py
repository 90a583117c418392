"""What a page that is being written sends every few seconds: kept, and answered in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from applications.models import Application, Choice
from applications.services import save_section, save_stream_answers
from applications.views.common import refused, saved
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.errors import StaleAnswers
from mats_portal.questionnaires.models import AnswerSheet, Question
from mats_portal.web.access import reader
from mats_portal.web.errors import Refusal, is_script

LATE = "Applications have closed. This text is kept, but it is not part of what you submitted."
STALE = "Changed in another window. Your text is still here: press Save to see both."


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page saves while somebody writes in it."""
    return request.method == "POST" and is_script(request)


def autosave(
    request: HttpRequest, application: Application, questions: Sequence[Question], choice: Choice | None = None
) -> HttpResponse:
    """Keep what is typed on a page of these questions: the general ones, or those of a chosen stream."""
    sheet = choice.sheet if choice and choice.sheet else application.sheet
    form = AnswersForm(questions, {}, sheet.revision, data=request.POST)
    if not form.is_valid():
        return refused(_fault(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        kept = keep(application, choice, form, request)
    except StaleAnswers:
        return refused(STALE, HTTPStatus.CONFLICT)
    except Refusal as refusal:
        return refused(refusal.sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    return saved(kept, LATE if application.late_saved_at else "")


def keep(
    application: Application, choice: Choice | None, form: AnswersForm, request: HttpRequest
) -> AnswerSheet | None:
    """Save what a valid form holds, in the sheet that it belongs to."""
    by, revision = reader(request), form.cleaned_data["revision"]
    if choice:
        choice.application = application
        return save_stream_answers(choice=choice, values=form.values, expected_revision=revision, by=by)
    return save_section(application=application, values=form.values, expected_revision=revision, by=by)


def _fault(form: AnswersForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "Not saved.")
