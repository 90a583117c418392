"""Answer or decline a reference: the acts of a referee, who has a link and no account."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import ReferenceClosed, ReferencesClosed
from applications.letters import REFERENCE_THANKS
from applications.models import Application, Reference, ReferenceLetter
from applications.selectors.references import due_of
from applications.states import ApplicationState, ReferenceState
from mats_portal.cohorts.deadlines_sql import AcceptedUntil
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter


@transaction.atomic
def answer_reference(*, reference: Reference, relationship: str, text: str) -> ReferenceLetter:
    """Keep the letter, once and for good, and thank the referee.

    Raises `ReferenceClosed` (answered, declined or taken back meanwhile) and
    `ReferencesClosed`; the date is judged by the database in the statement that writes.
    """
    _close(reference, ReferenceState.ANSWERED)
    letter = ReferenceLetter.objects.create(reference=reference, relationship=relationship, text=text)
    application = reference.application
    record(by=None, verb="answer reference", subject=reference, cohort=application.cohort)
    post_letter(
        kind=REFERENCE_THANKS,
        address=reference.email,
        name=reference.name,
        key=f"reference thanks:{reference.code}",
        facts={"applicant": application.person.name, "cohort": application.cohort.name},
        cohort=application.cohort,
        about=f"applications.reference:{reference.code}",
    )
    return letter


@transaction.atomic
def decline_reference(*, reference: Reference) -> None:
    """Say that there will be no letter; the applicant may name somebody else. Raises as `answer_reference`."""
    _close(reference, ReferenceState.DECLINED)
    record(by=None, verb="decline reference", subject=reference, cohort=reference.application.cohort)


def _close(reference: Reference, state: ReferenceState) -> None:
    """Take the row, so that of two answers at once one comes second, and close it if there is still time."""
    rows = Reference.objects.select_for_update(of=("self", "application")).select_related("application")
    locked = rows.get(pk=reference.pk)
    if locked.state != ReferenceState.ASKED:
        raise ReferenceClosed
    if locked.application.state == ApplicationState.WITHDRAWN:
        raise ReferencesClosed("The application has been withdrawn, so no letter is needed. Thank you all the same.")
    # By the application's key, so that the date is asked for one person and never for a whole cohort.
    open_to = Application.objects.filter(pk=locked.application_id).alias(due=due_of(own_date=AcceptedUntil))
    in_time = Reference.objects.filter(pk=reference.pk, application__in=open_to.filter(due__gt=Now()).values("pk"))
    if not in_time.update(state=state, closed_at=Now()):
        raise ReferencesClosed
