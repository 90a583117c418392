"""Take answers out of what was submitted, for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Now

from applications.models import Application, Reference, ReferenceLetter, Submission
from applications.services.answer_files import hold_submitted_files
from applications.services.submitting import withdraw_application
from applications.snapshot import searched_text
from applications.states import ApplicationState, ReferenceState
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import scrub_letters
from mats_portal.web.errors import Refusal
from mats_portal.web.keeping import ERASED_NAME, REMOVED, erased_address

Judge = Callable[[dict[str, Any]], bool]


@transaction.atomic
def empty_answers(*, application: Application, is_to_go: Judge) -> int:
    """Empty those answers of every submission for which `is_to_go(answer)` holds; returns how many held something.

    The rest of a submission stays as it was, with its digest of then. What staff search by follows, and the files
    of emptied answers are held no more.
    """
    count = 0
    for submission in application.submissions.all():
        found = _without(submission.content, is_to_go)
        if found:
            Submission.objects.filter(pk=submission.pk).update(content=submission.content, emptied_at=Now())
            count += found
    latest = application.submissions.order_by("-number").first()
    if count and latest is not None:
        words = searched_text(application.person.name, application.person.email, latest.content)
        search = SearchVector(Value(words), config="simple")
        Application.objects.filter(pk=application.pk).update(search=search)
        hold_submitted_files(application, latest.content)
    return count


def _without(content: dict[str, Any], is_to_go: Judge) -> int:
    count = 0
    for part in content["parts"]:
        for answer in part["answers"]:
            if is_to_go(answer) and (answer["text"] or answer["choices"]):
                answer["text"], answer["choices"] = "", []
                answer.pop("file", None)
                count += 1
    return count


@transaction.atomic
def erase_application(*, application: Application) -> None:
    """Empty everything that the person wrote in it or named, and take it back while it is still considered.

    What is counted by (education, years, hours, channels) and the streams stay. The CV goes with its file.
    """
    _take_back(application)
    for submission in application.submissions.all():
        emptied = {"streams": submission.content["streams"], "parts": []}
        Submission.objects.filter(pk=submission.pk).update(content=emptied, emptied_at=Now())
    hold_submitted_files(application, {"parts": []})
    for document in application.documents.all():
        document.delete()
    for reference in application.references.all():
        _erase_reference(reference)
    application.concerns.update(reason=REMOVED, decision_reason="")
    Application.objects.filter(pk=application.pk).update(
        search=None, external_id="", import_digest="", time_zone="", late_saved_at=None
    )


def _take_back(application: Application) -> None:
    """Withdraw it; whoever holds a seat, or has withdrawn already, stays where they are."""
    if application.state == ApplicationState.WITHDRAWN:
        return
    try:
        withdraw_application(application=application, by=application.person)
    except Refusal:  # a later storey needs it as it is: the seat was taken
        return


def _erase_reference(reference: Reference) -> None:
    address = erased_address(reference.code)
    letters = Letter.objects.filter(about=f"applications.reference:{reference.code}")
    scrub_letters(letters=letters, address=address)
    ReferenceLetter.objects.filter(reference=reference).update(text="", relationship="")
    rows = Reference.objects.filter(pk=reference.pk)
    rows.filter(state=ReferenceState.ASKED).update(state=ReferenceState.TAKEN_BACK, closed_at=Now())
    rows.update(name=ERASED_NAME, email=address)
