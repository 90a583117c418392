"""Two applications of one person: read one, set the other aside; or say that they are of two people."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import NotJoined, PairChanged
from applications.letters import JOINED
from applications.models import Application, Distinct
from applications.states import ApplicationState
from mats_portal.journal.models import Deed
from mats_portal.journal.services import keep_deed, record
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.codes import new_code
from mats_portal.web.furnishing import furnishings

JOIN = "join applications"
STANDING = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)


@transaction.atomic
def join_applications(*, keep: Application, other: Application, by: Any) -> Deed:
    """Read `keep`, set `other` aside as of the same person: it counts as withdrawn and is in no count of people.

    Nothing is moved or lost: its text, letters and scores stay with it. Its live offers end, as with any withdrawal.
    If it was submitted, its person is written to, when this can no longer be undone. Raises `PairChanged`, and what
    later storeys refuse (a seat that was accepted).
    """
    keys = sorted((keep.pk, other.pk))
    locked = {one.pk: one for one in Application.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    kept, gone = locked[keep.pk], locked[other.pk]
    if kept.pk == gone.pk or kept.cohort_id != gone.cohort_id or {kept.state, gone.state} - set(STANDING):
        raise PairChanged
    was_submitted = gone.state == ApplicationState.SUBMITTED
    with ExitStack() as around:
        for withdrawal in furnishings("withdrawals"):
            around.enter_context(withdrawal(application=gone, by=by))
        standing = Application.objects.filter(pk=gone.pk)
        standing.update(state=ApplicationState.WITHDRAWN, withdrawn_at=Now(), joined_to=kept)
    facts = {"kept": kept.code}
    record(by=by, verb=JOIN, subject=gone, cohort=gone.cohort, facts=facts)
    key = f"joined:{gone.code}:{new_code()}"
    sentence = f"The application of {gone.person} is set aside; that of {kept.person} is read."
    deed = keep_deed(kind=JOIN, sentence=sentence, by=by, cohort=gone.cohort, facts={"gone": gone.code, "letter": key})
    if was_submitted:
        post_letter(
            kind=JOINED,
            to=gone.person,
            key=key,
            facts={"cohort": gone.cohort.name, "application": gone.code},
            cohort=gone.cohort,
            about=f"applications.application:{gone.code}",
            not_before=deed.until,
        )
    return deed


@transaction.atomic
def separate_application(*, application: Application, by: Any) -> Application:
    """Take back that an application was set aside: it stands as before. Offers that ended with it stay ended.

    Raises `NotJoined`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.joined_to_id is None or locked.state != ApplicationState.WITHDRAWN:
        raise NotJoined
    was_submitted = locked.submitted_at is not None
    locked.state = ApplicationState.SUBMITTED if was_submitted else ApplicationState.DRAFT
    locked.joined_to, locked.withdrawn_at = None, None
    locked.save(update_fields=["state", "joined_to", "withdrawn_at"])
    record(by=by, verb="separate application", subject=locked, cohort=locked.cohort)
    return locked


def undo_joining(*, facts: dict[str, Any], by: Any) -> str:
    """Give the application back, and keep the letter."""
    separate_application(application=Application.objects.get(code=facts["gone"]), by=by)
    waiting = Letter.objects.filter(key=facts["letter"], state=LetterState.PLANNED)
    waiting.update(state=LetterState.CANCELLED, note="Undone by whoever asked for it.")
    return "Both applications stand as before. Offers that ended stay ended."


@transaction.atomic
def keep_apart(*, first: Application, second: Application, by: Any) -> Distinct:
    """Say that two applications are of two people: they are no longer shown as alike. Saying it twice is one word."""
    early, late = sorted((first, second), key=lambda one: one.pk)
    word, is_new = Distinct.objects.get_or_create(first=early, second=late, defaults={"by": by})
    if is_new:
        record(by=by, verb="keep apart", subject=early, cohort=early.cohort, facts={"other": late.code})
    return word
