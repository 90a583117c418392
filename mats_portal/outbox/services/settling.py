"""What people decide about letters: those in doubt, those that failed, those held by the brake."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from mats_portal.jobs.services import ring
from mats_portal.journal.services import record
from mats_portal.outbox.kinds import sealed_kinds
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services.posting import DELIVER_TASK
from mats_portal.outbox.states import LetterState
from mats_portal.web.errors import Refusal

SCRUBBED = "Erased"


class LetterAlreadySettled(Refusal):
    """Somebody has settled this letter in the meantime. Nothing was changed."""


class NothingHeld(Refusal):
    """No letters wait for an answer any more. Nothing was changed."""


@transaction.atomic
def settle_as_arrived(*, letter: Letter, by: Any, cohort: Any = None) -> None:
    """A person found out that a letter in doubt has arrived. Raises `LetterAlreadySettled`."""
    doubtful = Letter.objects.filter(pk=letter.pk, state=LetterState.UNKNOWN)
    if not doubtful.update(state=LetterState.SENT, sent_at=Now(), note="A person found that it had arrived."):
        raise LetterAlreadySettled
    record(by=by, verb="settle letter as arrived", subject=letter, cohort=cohort, facts={"kind": letter.kind})


@transaction.atomic
def send_again(*, letter: Letter, by: Any, cohort: Any = None) -> None:
    """Let a letter in doubt, or one that failed, be sent (again), under the same Message-ID.

    Raises `LetterAlreadySettled`.
    """
    stuck = Letter.objects.filter(pk=letter.pk, state__in=[LetterState.UNKNOWN, LetterState.FAILED])
    if not stuck.update(state=LetterState.PLANNED, attempts=0, not_before=Now(), note="Sent again by hand."):
        raise LetterAlreadySettled
    record(by=by, verb="send letter again", subject=letter, cohort=cohort, facts={"kind": letter.kind})
    ring(DELIVER_TASK)


@transaction.atomic
def scrub_letters(*, letters: QuerySet[Letter], address: str) -> int:
    """Empty letters of which nothing but kind and date may be kept; what waits is cancelled. Returns how many.

    address: what stands in the place of the reader's. Sealed ones, which nobody lists, are removed.
    """
    sealed = letters.filter(kind__in=sealed_kinds())
    removed, _ = sealed.delete()
    waiting = letters.filter(state__in=[LetterState.PLANNED, LetterState.HELD, LetterState.LEASED, LetterState.UNKNOWN])
    waiting.update(state=LetterState.CANCELLED, lease_until=None)
    return removed + letters.update(subject=SCRUBBED, text="", note="", address=address)


@transaction.atomic
def answer_held_letters(*, cohort: Any, send: bool, by: Any) -> int:
    """Send the letters of a cohort that the brake holds, or drop them; returns how many. Raises `NothingHeld`.

    Each is still checked just before it is sent: who has acted by then gets none.
    """
    held = Letter.objects.filter(state=LetterState.HELD, cohort_slug=cohort.slug)
    if send:
        count = held.update(state=LetterState.PLANNED, not_before=Now(), note="")
    else:
        count = held.update(state=LetterState.CANCELLED, note="Staff decided not to send it.")
    if not count:
        raise NothingHeld
    verb = "release held letters" if send else "drop held letters"
    record(by=by, verb=verb, subject=cohort, cohort=cohort, facts={"count": count})
    ring(DELIVER_TASK)
    return count
