"""Plan reminders: ask each kind who has not done the next step, and write the letters that do not exist yet.

The scan runs every five minutes and may run twice at once: a key is written once.
The brake: when the last scan is long ago (the portal was down, or the clock jumped),
a batch of more than `max(20, 5 % of the people)` waits for a person's yes. A regular
scan never trips it: what falls due in five minutes is what staff saw coming.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from mats_portal.jobs.services import beat, ring
from mats_portal.outbox.kinds import Due, LetterKind, ReminderKind, reminder_kinds
from mats_portal.outbox.models import Forecast, Letter
from mats_portal.outbox.selectors import SCAN, Expected, expected_letters, last_beat, unwritten
from mats_portal.outbox.services.posting import DELIVER_TASK, write_letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.clock import database_now

logger = logging.getLogger(__name__)
LONG_GAP = timedelta(hours=1)
FEW = 20
MOVED_NOTE = "The date that this reminder told of was moved."
HELD_NOTE = "Many reminders fell due at once after a pause of the portal. Staff decide whether they go out."


def plan_reminders() -> int:
    """Write the reminders that are due now; returns how many. One kind's error does not stop the others."""
    now = database_now()
    found = [(reminder, unwritten(dues)) for reminder, dues in _dues(now)]
    hold = needs_a_yes(
        planned=sum(len(dues) for _, dues in found), people=get_user_model().objects.count(), gap=_gap(now)
    )
    written = sum(_write(reminder.letter, dues, hold=hold) for reminder, dues in found)
    beat(name=SCAN)
    return written


def needs_a_yes(*, planned: int, people: int, gap: timedelta | None) -> bool:
    """Whether a batch is so large, after so long a silence, that a person must agree. gap None: the first scan."""
    return (gap is None or gap > LONG_GAP) and planned > max(FEW, people // 20)


@transaction.atomic
def replan_reminders(*, cohort: Any) -> int:
    """After a date of the cohort moved: cancel what waits for the old one, write what is due for the new one.

    Part of the transaction that moves the date, so that no reminder tells of an instant that
    is no more. Returns how many were cancelled.
    """
    now, cancelled = database_now(), 0
    for reminder, found in _dues(now):
        waiting = Letter.objects.filter(
            kind=reminder.letter.name, cohort_slug=cohort.slug, state__in=[LetterState.PLANNED, LetterState.HELD]
        )
        dues = [due for due in found if getattr(due.cohort, "slug", "") == cohort.slug]
        stale = waiting.exclude(key__in=[due.key for due in dues])
        cancelled += stale.update(state=LetterState.CANCELLED, note=MOVED_NOTE)
        _write(reminder.letter, unwritten(dues), hold=False)
    return cancelled


def _dues(now: datetime) -> Iterator[tuple[ReminderKind, list[Due]]]:
    """Who is due, kind by kind; a kind that has a bug is left out, with a line in the log."""
    for reminder in reminder_kinds():
        try:
            with transaction.atomic():
                yield reminder, list(reminder.due(now))
        except Exception:
            logger.exception("The reminder %s could not be planned", reminder.name)


@transaction.atomic
def forecast_reminders() -> int:
    """Note, for each cohort, which reminders go out within a day if nobody acts; returns how many in all.

    The page of tomorrow reads these rows, so that no page asks every kind.
    """
    until = database_now() + timedelta(days=1)
    by_cohort: dict[str, list[Expected]] = {}
    for reminder in reminder_kinds():
        for expected in _expected(reminder, until):
            by_cohort.setdefault(expected.cohort_slug, []).append(expected)
    Forecast.objects.exclude(cohort_slug__in=by_cohort).delete()
    for slug, letters in by_cohort.items():
        shown = [[letter.kind, letter.name, letter.subject] for letter in letters[: Forecast.SHOWN]]
        Forecast.objects.update_or_create(
            cohort_slug=slug, defaults={"until": until, "count": len(letters), "letters": shown}
        )
    return sum(len(letters) for letters in by_cohort.values())


def _expected(reminder: ReminderKind, until: datetime) -> list[Expected]:
    """What one kind expects; nothing, and a line in the log, if it has a bug."""
    try:
        with transaction.atomic():
            return expected_letters(reminder, until)
    except Exception:
        logger.exception("The reminder %s could not be forecast", reminder.name)
        return []


def _gap(now: datetime) -> timedelta | None:
    before = last_beat(SCAN)
    return None if before is None else now - before


@transaction.atomic
def _write(kind: LetterKind, dues: Sequence[Due], *, hold: bool) -> int:
    letters = []
    for due in dues:
        try:
            letter = write_letter(
                kind=kind,
                key=due.key,
                to=due.person,
                address=due.address,
                name=due.name,
                facts=due.facts,
                cohort=due.cohort,
                about=due.about,
            )
        except Exception:  # one bad name must not keep the others waiting
            logger.exception("A reminder of kind %s could not be written", kind.name)
            continue
        if hold:
            letter.state, letter.note = LetterState.HELD, HELD_NOTE
        letters.append(letter)
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    ring(DELIVER_TASK)
    return Letter.objects.filter(code__in=[letter.code for letter in letters]).count() if letters else 0
