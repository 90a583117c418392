"""Put a CV to the draft, take it away, and keep what was submitted for those who read it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from applications.errors import NotYours, TooManyUploads
from applications.models import Application, Document
from applications.models.documents import stored_name
from applications.pdf import pages_of
from applications.services.drafting import touch
from mats_portal.journal.services import record
from mats_portal.web.limits import is_within
from mats_portal.web.text import clean_line

MOST_AN_HOUR = 20
_SEPARATORS = re.compile(r'[/\\:*?"<>|;%]+')


def attach_document(*, application: Application, name: str, content: bytes, by: Any) -> Document:
    """Put a PDF in the place of the draft's CV; what was submitted stays until the next submission.

    Raises `NotYours`, `TooManyUploads`, and as `pdf.pages_of` does. The file is looked
    into and stored before the transaction; it goes again when that fails.
    """
    if application.person_id != by.pk:
        raise NotYours
    if not is_within(f"cv:{by.pk}", most=MOST_AN_HOUR, seconds=3600):
        raise TooManyUploads
    pages = pages_of(content)
    document = Document(
        application=application,
        name=display_name(name),
        size=len(content),
        pages=pages,
        digest=hashlib.sha256(content).hexdigest(),
    )
    document.file.name = default_storage.save(stored_name(document, name), ContentFile(content))
    try:
        return _put(document, by)
    except BaseException:
        default_storage.delete(document.file.name)
        raise


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


def display_name(name: str) -> str:
    """What a file is shown and downloaded as: one line without anything that a path, a header or an eye trips over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if not unicodedata.category(character).startswith("C"))
    plain = clean_line(_SEPARATORS.sub(" ", plain))
    plain = re.sub(r"\.pdf$", "", plain, flags=re.IGNORECASE).strip(". ")[:90]
    return f"{plain or 'CV'}.pdf"
