"""Deliver letters: lease one, send one, mark one.

A crash between the mail server's last answer and our mark leaves one letter in doubt,
never a batch. What then happens is the kind's choice (`AfterCrash`): the same letter
again under the same Message-ID, or a person decides. Delivering in batches, marking
before sending, and holding a lock while sending were measured and are worse.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from mats_portal.jobs.services import beat
from mats_portal.outbox.kinds import LetterKind, UnknownKind, letter_kind, letter_kinds
from mats_portal.outbox.mailer import Deferred, Doubtful, Mailer, Refused, message_id
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import AfterCrash, LetterState

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # far longer than the mail server's 30 seconds
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
ATTEMPTS = len(PAUSES) + 1
NOT_NEEDED = "The reader had done it by then, or it no longer applied."
IN_DOUBT = "The delivery was cut off: the mail server may have taken it, or not."
WIPED = "This letter held a secret link or code. It was removed once the letter had been sent."


def deliver_letters(*, patience: float = 25.0) -> int:
    """Send what is waiting, for about `patience` seconds; returns how many letters were sent.

    When the mail server does not answer, no letter is touched and none loses an attempt.
    """
    settle_cut_off_letters()
    if not Letter.objects.due().exists():
        return 0
    mailer, sent, end = Mailer(), 0, time.monotonic() + patience
    try:
        while mailer.open() and time.monotonic() < end:
            letter = lease_letter()
            if letter is None:
                break
            sent += _deliver(letter, mailer)
        else:
            if time.monotonic() < end:
                beat(name="mail server silent")
    finally:
        mailer.close()
    return sent


@transaction.atomic
def lease_letter() -> Letter | None:
    """Take the letter that has waited longest; None when there is none. The attempt is counted before the work."""
    letter = Letter.objects.due().select_for_update(skip_locked=True).order_by("not_before", "id").first()
    if letter is None:
        return None
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.LEASED,
        attempts=F("attempts") + 1,
        lease_until=Now() + LEASE,
        message_id=letter.message_id or message_id(letter),
    )
    return Letter.objects.select_related("recipient").get(pk=letter.pk)


def _deliver(letter: Letter, mailer: Mailer) -> int:
    """Send one leased letter and mark it; returns 1 if it was sent."""
    try:
        kind = _kind(letter)
        if not _is_still_due(letter, kind):
            _mark(letter, state=LetterState.CANCELLED, note=NOT_NEEDED)
            return 0
        mailer.send(letter)
    except Refused as error:
        _mark(letter, state=LetterState.FAILED, note=error.note)
    except Deferred as error:
        _put_back(letter, error.note)
    except Doubtful as error:
        if kind is not None and kind.after_crash == AfterCrash.REPEAT:
            _put_back(letter, error.note)
        else:
            _mark(letter, state=LetterState.UNKNOWN, note=error.note)
    except Exception:  # one bad letter must not stop the others
        logger.exception("A letter of kind %s could not be prepared", letter.kind)
        _put_back(letter, "It could not be checked whether this letter is still needed.")
    else:
        return int(_mark_as_sent(letter, kind))
    return 0


def _mark_as_sent(letter: Letter, kind: LetterKind | None) -> bool:
    """Say that the letter was handed over; what must not be kept is wiped with it."""
    if kind is not None and kind.is_sealed:
        return bool(Letter.objects.filter(pk=letter.pk, attempts=letter.attempts).delete()[0])
    secret = {"text": WIPED} if kind is not None and kind.holds_secret else {}
    return _mark(letter, state=LetterState.SENT, sent_at=Now(), note="", **secret)


def _is_still_due(letter: Letter, kind: LetterKind | None) -> bool:
    if letter.recipient is not None and not letter.recipient.is_active:
        return False
    return kind is None or kind.still_due is None or kind.still_due(letter)


def _kind(letter: Letter) -> LetterKind | None:
    try:
        return letter_kind(letter.kind)
    except UnknownKind:
        return None


def _put_back(letter: Letter, note: str) -> None:
    """Let the letter wait for another try, longer each time; after the last one it has failed."""
    if letter.attempts >= ATTEMPTS:
        _mark(letter, state=LetterState.FAILED, note=note)
    else:
        _mark(letter, state=LetterState.PLANNED, not_before=Now() + PAUSES[letter.attempts - 1], note=note)


def _mark(letter: Letter, **changes: object) -> bool:
    """Say what became of the letter, unless the lease ran out and another worker has it by now."""
    mine = Letter.objects.filter(pk=letter.pk, state=LetterState.LEASED, attempts=letter.attempts)
    return mine.update(lease_until=None, **changes) == 1


@transaction.atomic
def settle_cut_off_letters() -> int:
    """Letters whose worker went away: again, or in doubt, as their kind says; returns how many there were."""
    repeated = [kind.name for kind in letter_kinds() if kind.after_crash == AfterCrash.REPEAT]
    cut_off = Letter.objects.filter(state=LetterState.LEASED, lease_until__lt=Now())
    may_repeat = Q(kind__in=repeated)
    tired = cut_off.filter(may_repeat, attempts__gte=ATTEMPTS)
    count = tired.update(state=LetterState.FAILED, lease_until=None, note=IN_DOUBT)
    count += cut_off.filter(may_repeat).update(state=LetterState.PLANNED, lease_until=None, note=IN_DOUBT)
    return count + cut_off.update(state=LetterState.UNKNOWN, lease_until=None, note=IN_DOUBT)
