"""What staff do about references that are not here: remind, send again, put right whom the applicant named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import AskedTooOften, ReferenceClosed, ReferencesClosed
from applications.letters import REFERENCE_REMINDER, reference_facts
from applications.models import Reference
from applications.selectors.references import PAUSE
from applications.selectors.waiting import waiting_references, waiting_to_be_reminded
from applications.services.references import hold, mail_request, name_referee, withdraw_request
from applications.states import ReferenceKind, ReferenceState
from applications.tokens import hash_of, token_of
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter


@transaction.atomic
def remind_referees(*, cohort: Cohort, codes: Collection[str], by: Any) -> int:
    """Write once more to the referees of these references, and say to how many.

    Left out, whoever asks and however often: who has answered or declined meanwhile, was written to within a day,
    or could not use the link any more.
    """
    due = waiting_to_be_reminded(cohort, by).filter(code__in=list(codes))
    rows = list(due.select_for_update(of=("self",), skip_locked=True))
    for reference in rows:
        post_letter(
            kind=REFERENCE_REMINDER,
            address=reference.email,
            name=reference.name,
            key=f"reference reminder:{reference.code}:by staff:{reference.sent_at:%Y%m%d%H%M%S%f}",
            facts=reference_facts(reference, reference.due_at),
            cohort=cohort,
            about=f"applications.reference:{reference.code}",
        )
        reference.token_hash = hash_of(token_of(reference.code))
        reference.sent_at = Now()
    Reference.objects.bulk_update(rows, ["token_hash", "sent_at"])
    if rows:
        record(by=by, verb="remind referees", subject=cohort, cohort=cohort, facts={"letters": len(rows)})
    return len(rows)


@transaction.atomic
def resend_reference(*, reference: Reference, by: Any) -> Reference:
    """Mail the link once more at an applicant's or referee's wish, an hour after the last letter at the earliest.

    Raises `ReferenceClosed`, `ReferencesClosed`, `AskedTooOften`.
    """
    cohort = reference.application.cohort
    asked = Reference.objects.missing().filter(pk=reference.pk)
    if not asked.exists():
        raise ReferenceClosed
    if not waiting_references(cohort, by).filter(pk=reference.pk, due_at__gt=Now()).exists():
        raise ReferencesClosed
    token_hash = hash_of(token_of(reference.code))
    if not asked.filter(sent_at__lte=Now() - PAUSE).update(sent_at=Now(), token_hash=token_hash):
        raise AskedTooOften("A letter went to this person within the hour. Wait a little, then send it again.")
    reference.refresh_from_db()
    record(by=by, verb="send reference again", subject=reference, cohort=cohort)
    mail_request(reference, f"staff:{reference.sent_at:%Y%m%d%H%M%S%f}")
    return reference


@transaction.atomic
def replace_referee(*, reference: Reference, name: str, email: str, kind: ReferenceKind, by: Any) -> Reference:
    """Close the request, and ask the person whom the applicant meant: another address, or somebody else.

    Raises `ReferenceClosed` for one that is answered or taken back, and otherwise as `ask_reference` does.
    """
    application = reference.application
    hold(application)
    locked = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
    if locked.state not in (ReferenceState.ASKED, ReferenceState.DECLINED):
        raise ReferenceClosed
    withdraw_request(locked)
    asked = name_referee(application, name=name, email=email, kind=kind)
    facts = {"instead_of": reference.code}
    record(by=by, verb="replace referee", subject=asked, cohort=application.cohort, facts=facts)
    return asked
