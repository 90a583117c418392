"""The signs by which staff can tell that the portal is well, each with what to do when it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from mats_portal.jobs.selectors import failed_jobs_since, oldest_waiting_job
from mats_portal.outbox.selectors import SCAN, counts_by_state, last_beat, oldest_unsent, stuck_letters
from mats_portal.outbox.states import LetterState
from mats_portal.web.clock import database_now
from mats_portal.web.health import is_migrated

SILENCE = timedelta(minutes=5)
QUEUE = timedelta(minutes=10)
DRIFT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that can be well or not. at: the moment it speaks of, if any; advice: what to do if it is not well."""

    name: str
    is_well: bool
    words: str
    at: datetime | None = None
    advice: str = ""


def signs_of_health() -> list[Sign]:
    """All signs, by the database's clock. About ten statements, however much there is in the tables."""
    now = database_now()
    return [
        _schedule(now),
        _delivery(now),
        _mail_server(now),
        _stuck(),
        _reminders(now),
        _jobs(now),
        _failed_jobs(now),
        _tables(),
        _clock(now),
    ]


def _schedule(now: datetime) -> Sign:
    at = last_beat("beat")
    well = at is not None and now - at < SILENCE
    words = "It rings, and a worker hears it." if well else "It has not rung for five minutes or more."
    return Sign("Schedule", well, words, at, "Start the beat process and a worker; look at Redis.")


def _delivery(now: datetime) -> Sign:
    oldest = oldest_unsent()
    well = oldest is None or now - oldest < QUEUE
    words = "No letter waits longer than it should." if well else "A letter has been due for more than ten minutes."
    # The moment of a letter that waits its turn would tell when somebody wrote to support.
    return Sign("Letters", well, words, None if well else oldest, "Look at the mail server below, then at the worker.")


def _mail_server(now: datetime) -> Sign:
    silent = last_beat("mail server silent")
    well = silent is None or now - silent > QUEUE
    words = "It answers when there is something to send." if well else "It did not answer. No letter is lost: all wait."
    return Sign("Mail server", well, words, silent, "Check EMAIL_URL and the mail server. Sending goes on by itself.")


def _stuck() -> Sign:
    counts = counts_by_state(stuck_letters())
    said = [
        f"{count} {word}"
        for state, word in (
            (LetterState.FAILED, "failed"),
            (LetterState.UNKNOWN, "in doubt"),
            (LetterState.HELD, "held"),
        )
        if (count := counts.get(state, 0))
    ]
    words = f"Letters that need a person: {', '.join(said)}." if said else "No letter needs a person."
    return Sign("Doubts", not said, words, advice="Staff decide on the letters' page of their cohort.")


def _reminders(now: datetime) -> Sign:
    at = last_beat(SCAN)
    well = at is not None and now - at < 3 * SILENCE
    words = (
        "They are planned every five minutes." if well else "None have been planned for a quarter of an hour or more."
    )
    return Sign("Reminders", well, words, at, "Start the beat process and a worker.")


def _jobs(now: datetime) -> Sign:
    at = oldest_waiting_job()
    well = at is None or now - at < QUEUE
    words = "No job waits longer than it should." if well else "A job has waited for more than ten minutes."
    return Sign("Jobs", well, words, at, "Start a worker, or another one.")


def _failed_jobs(now: datetime) -> Sign:
    count = failed_jobs_since(now - timedelta(days=1))
    words = f"{count} failed in the last day." if count else "None failed in the last day."
    return Sign(
        "Failed jobs", not count, words, advice="The log of the worker says why. Who asked can start them again."
    )


def _tables() -> Sign:
    well = is_migrated(DEFAULT_DB_ALIAS)
    words = "They fit this version of the portal." if well else "They are older than this version of the portal."
    return Sign("Tables", well, words, advice="Run manage.py migrate as the owner of the tables.")


def _clock(now: datetime) -> Sign:
    well = abs(timezone.now() - now) < DRIFT
    words = "This machine's and the database's agree." if well else "This machine's and the database's differ."
    return Sign(
        "Clocks", well, words, now, "Deadlines go by the database's clock. Let both machines ask a time server."
    )
