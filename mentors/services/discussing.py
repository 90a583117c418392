"""Write a note for oneself, or a contribution that others read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.journal.services import record
from mats_portal.web.text import clean_text
from mentors.errors import NothingSaid, NotYoursToDiscuss, TooLong
from mentors.models import Contribution, PrivateNote
from mentors.models.discussing import MAX_CONTRIBUTION, MAX_NOTE
from mentors.selectors.discussing import discussable_by
from mentors.selectors.reviewing import assessable_by


@transaction.atomic
def save_note(*, application: Application, text: str, by: Any) -> PrivateNote | None:
    """Keep a person's own note on an application; an empty one is no note. It leaves no trace in the journal.

    Raises `NotYoursToDiscuss` and `TooLong`.
    """
    text = clean_text(text).strip()
    if len(text) > MAX_NOTE:
        raise TooLong
    reachable = assessable_by(by).filter(pk=application.pk).exists()
    if not reachable and not discussable_by(by).filter(pk=application.pk).exists():
        raise NotYoursToDiscuss
    if not text:
        PrivateNote.objects.filter(person=by, application=application).delete()
        return None
    note, _ = PrivateNote.objects.update_or_create(
        person=by, application=application, defaults={"text": text, "saved_at": Now()}
    )
    note.refresh_from_db()
    return note


@transaction.atomic
def contribute(*, application: Application, text: str, answer_to: Contribution | None = None, by: Any) -> Contribution:
    """Say something to whoever may see the application's scores. An answer to an answer joins the same thread.

    Raises `NotYoursToDiscuss`, `NothingSaid` and `TooLong`.
    """
    text = clean_text(text).strip()
    if not text:
        raise NothingSaid
    if len(text) > MAX_CONTRIBUTION:
        raise TooLong
    Application.objects.select_for_update().get(pk=application.pk)
    if not discussable_by(by).filter(pk=application.pk).exists():
        raise NotYoursToDiscuss
    thread = None if answer_to is None else answer_to.answer_to_id or answer_to.pk
    contribution = Contribution.objects.create(application=application, author=by, text=text, answer_to_id=thread)
    record(by=by, verb="discuss application", subject=application, cohort=application.cohort)
    return contribution
