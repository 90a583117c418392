"""Submit an application, again until the deadline, or withdraw it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import (
    AlreadyWithdrawn,
    ApplicationsClosed,
    ChangedMeanwhile,
    NoStreamChosen,
    NotYours,
    QuestionsMissing,
)
from applications.letters import RECEIPT, WITHDRAWAL, receipt_facts
from applications.models import Application, Submission
from applications.services.documents import submit_document
from applications.services.drafting import CLOSES
from applications.services.freezing import freeze_in_time
from applications.snapshot import build, digest_of
from applications.states import ApplicationState
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.furnishing import furnishings


def submit_application(*, application: Application, by: Any, seen: str = "") -> Submission:
    """Freeze the draft as the next submission, if the deadline has not passed.

    What comes too late is refused and kept as a late draft, which staff can admit.

    Effects: a `Submission`, the preferences as ranked, the CV, the counted fields and the words
    to search by, a receipt by mail, a journal entry. Submitting the same again changes
    nothing and answers the same. `seen` is the digest of what the person read through.

    Raises `NotYours`, `NoStreamChosen`, `QuestionsMissing`, `ChangedMeanwhile`,
    `ApplicationsNotOpen`, `ApplicationsClosed`, `OnlySomeStreamsOpen`: the database judges by
    its own clock, in the statement that writes.
    """
    if application.person_id != by.pk:
        raise NotYours
    try:
        return _submit(application, by, seen)
    except ApplicationsClosed:
        late = Application.objects.filter(pk=application.pk).alias(closes=CLOSES).filter(closes__lte=Now())
        late.exclude(state=ApplicationState.WITHDRAWN).update(late_saved_at=Now())
        raise


@transaction.atomic
def _submit(application: Application, by: Any, seen: str) -> Submission:
    locked = Application.objects.select_for_update().get(pk=application.pk)
    content, problems = build(locked)
    digest = digest_of(content)
    latest = locked.submissions.first()
    if latest and latest.digest == digest and locked.state == ApplicationState.SUBMITTED:
        return latest
    if seen and seen != digest:
        raise ChangedMeanwhile
    if not content["streams"]:
        raise NoStreamChosen
    if problems:
        raise QuestionsMissing(problems)
    submission = freeze_in_time(locked, content, digest)
    submit_document(locked)
    facts = {"number": submission.number, "digest": digest, "streams": [row["code"] for row in content["streams"]]}
    record(by=by, verb="submit application", subject=locked, cohort=locked.cohort, facts=facts)
    post_letter(
        kind=RECEIPT,
        to=by,
        key=f"receipt:{locked.code}:{submission.number}",
        facts=receipt_facts(locked, submission),
        cohort=locked.cohort,
        about=f"applications.application:{locked.code}",
    )
    return submission


@transaction.atomic
def withdraw_application(*, application: Application, by: Any) -> Application:
    """Take the application back, at any time; nobody reads it from then on.

    Later storeys furnish what ends with it (an offer, and its seat goes to the next). Posts a letter that says
    so, and a journal entry. Raises `NotYours`, `AlreadyWithdrawn`, and what they refuse.
    """
    if application.person_id != by.pk:
        raise NotYours
    with ExitStack() as around:
        for withdrawal in furnishings("withdrawals"):
            around.enter_context(withdrawal(application=application, by=by))
        _take_back(application)
    application.refresh_from_db()
    record(by=by, verb="withdraw application", subject=application, cohort=application.cohort)
    post_letter(
        kind=WITHDRAWAL,
        to=by,
        key=f"withdrawal:{application.code}:{application.withdrawn_at:%Y%m%d%H%M%S%f}",
        facts={"cohort": application.cohort.name, "application": application.code},
        cohort=application.cohort,
        about=f"applications.application:{application.code}",
    )
    return application


def _take_back(application: Application) -> None:
    standing = Application.objects.filter(
        pk=application.pk, state__in=[ApplicationState.DRAFT, ApplicationState.SUBMITTED]
    )
    if not standing.update(state=ApplicationState.WITHDRAWN, withdrawn_at=Now(), changed_at=Now()):
        raise AlreadyWithdrawn
