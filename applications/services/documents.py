"""Put a CV to the draft, take it away, and keep what was submitted for those who read it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from applications.errors import NotYours, TooManyUploads
from applications.models import Application, Document
from applications.services.drafting import touch
from mats_portal.journal.services import record
from mats_portal.web.limits import is_within
from mats_portal.web.uploads import look_into, stored

MOST_AN_HOUR = 20
FOLDER = "cv"


def attach_document(*, application: Application, name: str, content: bytes, by: Any) -> Document:
    """Put a PDF in the place of the draft's CV; what was submitted stays until the next submission.

    Raises `NotYours`, `TooManyUploads`, and as `uploads.look_into` does. The file is looked
    into and stored before the transaction; it goes again when that fails.
    """
    if application.person_id != by.pk:
        raise NotYours
    if not is_within(f"cv:{by.pk}", most=MOST_AN_HOUR, seconds=3600):
        raise TooManyUploads
    pdf = look_into(name, content)
    with stored(content, FOLDER) as path:
        return _put(Document(application=application, file=path, **asdict(pdf)), by)


@transaction.atomic
def _put(document: Document, by: Any) -> Document:
    application = document.application
    touch(application, by)
    _let_go(application)
    document.save()
    facts = {"sha256": document.digest, "pages": document.pages}
    record(by=by, verb="attach document", subject=application, cohort=application.cohort, facts=facts)
    return document


@transaction.atomic
def remove_document(*, application: Application, by: Any) -> bool:
    """Take the CV out of the draft; whether there was one. Raises `NotYours`."""
    touch(application, by)
    was_there = _let_go(application)
    if was_there:
        record(by=by, verb="remove document", subject=application, cohort=application.cohort)
    return was_there


def submit_document(application: Application) -> None:
    """Let others read the draft's CV from now on, in the transaction of submitting; an older one goes."""
    for document in Document.objects.filter(application=application, is_submitted=True, is_current=False):
        document.delete()
    Document.objects.filter(application=application, is_current=True).update(is_submitted=True)


def _let_go(application: Application) -> bool:
    current = Document.objects.select_for_update().filter(application=application, is_current=True).first()
    if current is None:
        return False
    if current.is_submitted:
        Document.objects.filter(pk=current.pk).update(is_current=False)
    else:
        current.delete()
    return True
