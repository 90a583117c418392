"""Files that come with a page of the form: put into the draft one by one, or refused in a sentence beside the field."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest

from applications.models import Application, Choice
from applications.services import attach_answer_file, remove_answer_file
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.fields import megabytes_of
from mats_portal.web.access import reader
from mats_portal.web.errors import Refusal
from mats_portal.web.pdf import MEGABYTE, FileTooLarge

TAKE_OUT = "take_out"  # the name of the button whose value is the key of the question


def take_files(
    request: HttpRequest, application: Application, choice: Choice | None, form: AnswersForm
) -> dict[str | None, Refusal]:
    """Keep the files that were sent, and take out the one whose button was pressed; what was refused, by its field.

    A file is judged by its size before it is read. The answers in words are saved already, whatever comes of a file.
    """
    refused: dict[str | None, Refusal] = {}
    by = reader(request)
    if key := request.POST.get(TAKE_OUT):
        try:
            remove_answer_file(application=application, choice=choice, key=key, by=by)
        except Refusal as refusal:
            refused[None] = refusal
    questions = {question.key: question for question in form.questions}
    for key, file in form.uploads.items():
        most = megabytes_of(questions[key])
        try:
            if (file.size or 0) > most * MEGABYTE:
                raise FileTooLarge(most)
            name, content = file.name or "", file.read()
            attach_answer_file(application=application, choice=choice, key=key, name=name, content=content, by=by)
        except Refusal as refusal:
            refused[f"q_{key}"] = refusal
    return refused


def say_refused(form: AnswersForm, refused: dict[str | None, Refusal]) -> HTTPStatus:
    """Put each sentence beside its field; the status of the page that says so."""
    form.is_valid()
    for field, refusal in refused.items():
        form.add_error(field, refusal.sentence)
    too_large = any(isinstance(refusal, FileTooLarge) for refusal in refused.values())
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.UNPROCESSABLE_ENTITY
