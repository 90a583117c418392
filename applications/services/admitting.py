"""Admit late text: staff turn a draft that was worked on after the close into a submission, with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from applications.errors import NotComplete, NothingLate, ReasonNeeded, StillOpen
from applications.letters import RECEIPT, receipt_facts
from applications.models import Application, Submission
from applications.selectors import window_of
from applications.services.documents import submit_document
from applications.services.freezing import freeze_late
from applications.snapshot import build, digest_of
from applications.states import ApplicationState
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.text import clean_text


@transaction.atomic
def admit_late_draft(*, application: Application, reason: str, by: Any) -> Submission:
    """Submit, in the applicant's stead, what they kept after the close.

    Effects: a `Submission` marked as admitted, as if it had been submitted in time (preferences, CV, counted
    fields); a receipt that says so; a journal entry with the reason. Raises `ReasonNeeded`, `NothingLate`
    (submitted or withdrawn meanwhile), `StillOpen` (they can submit themselves), `NotComplete`.
    """
    words = clean_text(reason).strip()
    if not words:
        raise ReasonNeeded
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.late_saved_at is None or locked.state == ApplicationState.WITHDRAWN:
        raise NothingLate
    if window_of(locked.cohort, locked.person).is_open:
        raise StillOpen
    content, problems = build(locked)
    if problems or not content["streams"]:
        raise NotComplete
    submission = freeze_late(locked, content, digest_of(content))
    submit_document(locked)
    facts = {"number": submission.number, "digest": submission.digest, "reason": words}
    record(by=by, verb="admit late application", subject=locked, cohort=locked.cohort, facts=facts)
    post_letter(
        kind=RECEIPT,
        to=locked.person,
        key=f"receipt:{locked.code}:{submission.number}",
        facts=receipt_facts(locked, submission),
        cohort=locked.cohort,
        about=f"applications.application:{locked.code}",
    )
    return submission
