"""Doubt the integrity of an application, and decide on somebody else's doubt: two people, each in their own words."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import ConcernDecided, ConcernOpen, NothingToDoubt, OwnConcern
from applications.models import Application, Concern
from applications.states import ApplicationState, ConcernState
from mats_portal.journal.services import record
from mats_portal.web.text import clean_text


@transaction.atomic
def raise_concern(*, application: Application, reason: str, by: Any) -> Concern:
    """Say what makes one doubt that the application is honest work. Nothing else changes, and no letter is sent.

    Raises `NothingToDoubt` (not submitted), `ConcernOpen` (one of theirs waits for a decision).
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED:
        raise NothingToDoubt
    if Concern.objects.open().filter(application=locked, raised_by=by).exists():
        raise ConcernOpen
    concern = Concern.objects.create(application=locked, reason=clean_text(reason).strip(), raised_by=by)
    record(by=by, verb="raise concern", subject=locked, cohort=locked.cohort, facts={"concern": concern.code})
    return concern


@transaction.atomic
def decide_concern(*, concern: Concern, is_confirmed: bool, reason: str, by: Any) -> Concern:
    """Confirm somebody else's doubt, or decline it. The application's state, scores and rank stay as they are.

    Raises `OwnConcern`, `ConcernDecided` (somebody was quicker).
    """
    locked = Concern.objects.select_for_update(of=("self",)).select_related("application__cohort").get(pk=concern.pk)
    if locked.raised_by_id == by.pk:
        raise OwnConcern
    if locked.state != ConcernState.RAISED:
        raise ConcernDecided
    locked.state = ConcernState.CONFIRMED if is_confirmed else ConcernState.DECLINED
    locked.decided_by, locked.decided_at = by, Now()
    locked.decision_reason = clean_text(reason).strip()
    locked.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    verb = "confirm concern" if is_confirmed else "decline concern"
    subject = locked.application
    record(by=by, verb=verb, subject=subject, cohort=subject.cohort, facts={"concern": locked.code})
    return locked
