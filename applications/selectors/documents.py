"""Which files belong to an application: the draft's for the applicant, the submitted ones for those who choose."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from applications.models import Application, Document
from applications.selectors.applications import readable_parts
from applications.selectors.naming import is_nameless_to
from applications.states import ApplicationState
from mats_portal.questionnaires.models import AnswerFile, AnswerFileQuerySet


def current_document(application: Application) -> Document | None:
    """The CV of the draft; for the applicant alone."""
    return Document.objects.filter(application=application, is_current=True).first()


def submitted_document(application: Application, person: Any) -> Document | None:
    """The CV that came with the latest submission, while the application is submitted and its name open.

    Whether the person may read the application is asked before, as for `readable_parts`.
    """
    if application.state != ApplicationState.SUBMITTED or is_nameless_to(person, application):
        return None
    return Document.objects.filter(application=application, is_submitted=True).first()


def answer_files_of(application: Application) -> AnswerFileQuerySet:
    """The files that were uploaded as answers in it, to general and to stream questions, in use or not."""
    return AnswerFile.objects.filter(
        Q(sheet__application=application) | Q(sheet__stream_choice__application=application)
    )


def own_answer_file(application: Application, code: str) -> AnswerFile | None:
    """A file of the draft or of what was submitted; for the applicant alone."""
    return answer_files_of(application).filter(code=code).first()


def readable_answer_file(application: Application, person: Any, code: str) -> AnswerFile | None:
    """A submitted file, if the person may read the answer that gives it: the same rule as for its words."""
    answers = (answer for part in readable_parts(application, person) for answer in part["answers"])
    if not any(answer.get("file", {}).get("code") == code for answer in answers):
        return None
    return answer_files_of(application).filter(code=code, is_held=True).first()
