"""Submit an application, again until the deadline, or withdraw it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from applications.errors import (
    AlreadyWithdrawn,
    ApplicationsClosed,
    ApplicationsNotOpen,
    ChangedMeanwhile,
    NoStreamChosen,
    NotYours,
    QuestionsMissing,
)
from applications.letters import RECEIPT, WITHDRAWAL, receipt_facts
from applications.models import Application, Preference, Submission
from applications.selectors import window_of
from applications.services.documents import submit_document
from applications.services.drafting import CLOSES
from applications.snapshot import build, digest_of, measured, ranked_choices, searched_text
from applications.states import ApplicationState
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.furnishing import furnishings


@transaction.atomic
def submit_application(*, application: Application, by: Any, seen: str = "") -> Submission:
    """Freeze the draft as the next submission, if the deadline has not passed.

    Effects: a `Submission`, the preferences as ranked, the CV, the counted fields and the words
    to search by, a receipt by mail, a journal entry. Submitting the same again changes
    nothing and answers the same. `seen` is the digest of what the person read through.

    Raises `NotYours`, `NoStreamChosen`, `QuestionsMissing`, `ChangedMeanwhile`,
    `ApplicationsNotOpen`, `ApplicationsClosed`: the database judges by its own clock, in
    the statement that writes.
    """
    if application.person_id != by.pk:
        raise NotYours
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
    submission = _freeze(locked, content, digest)
    _prefer(locked)
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


def _freeze(application: Application, content: dict[str, Any], digest: str) -> Submission:
    person = application.person
    words = searched_text(person.name, person.email, content)
    window = window_of(application.cohort, person)
    if not window.has_opened:
        raise ApplicationsNotOpen
    open_now = Application.objects.filter(pk=application.pk).alias(closes=CLOSES).filter(closes__gt=Now())
    in_time = open_now.update(
        state=ApplicationState.SUBMITTED,
        submitted_at=Now(),
        changed_at=Now(),
        withdrawn_at=None,
        late_saved_at=None,
        submission_count=F("submission_count") + 1,
        search=SearchVector(Value(words), config="simple"),
        **measured(content),
    )
    if not in_time:
        raise ApplicationsClosed(window.closes_at)
    application.refresh_from_db()
    at: Any = application.submitted_at
    return Submission.objects.create(
        application=application,
        number=application.submission_count,
        at=at,
        closes_at=window.closes_at,
        digest=digest,
        content=content,
    )


def _prefer(application: Application) -> None:
    choices = ranked_choices(application)
    kept = [choice.stream_id for choice in choices]
    application.preferences.exclude(stream__in=kept).delete()
    Preference.objects.bulk_create(
        [
            Preference(application=application, stream_id=choice.stream_id, rank=rank, sheet=choice.sheet)
            for rank, choice in enumerate(choices, 1)
        ],
        update_conflicts=True,
        unique_fields=["application", "stream"],
        update_fields=["rank", "sheet"],
    )


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
