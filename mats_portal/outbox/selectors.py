"""Reads about letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from mats_portal.jobs.models import Heartbeat
from mats_portal.outbox.kinds import Due, ReminderKind, sealed_kinds
from mats_portal.outbox.models import Forecast, Letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.text import clean_line

SCAN = "plan reminders"  # the heartbeat of the scan for reminders
LIST_FIELDS = (
    "code", "kind", "address", "subject", "state", "planned_at", "not_before", "sent_at", "note", "cohort_slug",
    "recipient__name",
)  # fmt: skip


def listed_letters() -> QuerySet[Letter]:
    """All letters but the sealed ones, of which no page may tell."""
    return Letter.objects.exclude(kind__in=sealed_kinds())


def letters_in_cohort(slug: str) -> QuerySet[Letter]:
    """The letters of one cohort, newest first, without their texts."""
    return listed_letters().filter(cohort_slug=slug).select_related("recipient").only(*LIST_FIELDS).order_by("-id")


def letters_of_no_cohort() -> QuerySet[Letter]:
    """The letters of the portal itself, newest first, without their texts."""
    return letters_in_cohort("")


def letters_about(subject: str) -> QuerySet[Letter]:
    """The letters about one thing ("<model label>:<code>"), newest first."""
    return listed_letters().filter(about=subject).order_by("-id")


def due_and_unwritten(reminder: ReminderKind, at: datetime) -> list[Due]:
    """Who is due for a reminder at a moment and has no letter of that key yet; one per key."""
    return unwritten(reminder.due(at))


def unwritten(dues: Iterable[Due]) -> list[Due]:
    """Those of which there is no letter of that key yet; one per key."""
    by_key = {due.key: due for due in dues}
    written = set(Letter.objects.filter(key__in=by_key).values_list("key", flat=True))
    return [due for key, due in by_key.items() if key not in written]


@dataclass(frozen=True, slots=True)
class Expected:
    """One letter that will be written by some moment, if nobody acts before."""

    cohort_slug: str
    kind: str
    name: str
    subject: str


def expected_letters(reminder: ReminderKind, at: datetime) -> list[Expected]:
    """The reminders of one kind that would be due at a moment, if everything stayed as it is."""
    name, template = reminder.letter.name, reminder.letter.subject_template
    return [
        Expected(getattr(due.cohort, "slug", ""), name, str(due.person), clean_line(template.format_map(due.facts)))
        for due in due_and_unwritten(reminder, at)
    ]


def forecast_of(cohort_slug: str) -> Forecast | None:
    """What goes out by tomorrow, as the last scan saw it; None if none has looked yet."""
    return Forecast.objects.filter(cohort_slug=cohort_slug).first()


def counts_by_state(letters: QuerySet[Letter]) -> dict[str, int]:
    """How many letters are in each state; states without letters are left out."""
    rows = letters.order_by().values_list("state").annotate(n=Count("id"))
    return dict(rows)


def oldest_unsent() -> datetime | None:
    """Since when the letter that is due and has waited longest has been due; None when none waits."""
    oldest: datetime | None = Letter.objects.due().aggregate(at=Min("not_before"))["at"]
    return oldest


def stuck_letters() -> QuerySet[Letter]:
    """Letters that need a person: failed, in doubt, or held. Nobody could decide on a sealed one, so none counts."""
    return listed_letters().filter(state__in=[LetterState.FAILED, LetterState.UNKNOWN, LetterState.HELD])


def stuck_in_cohort(slug: str) -> tuple[int, datetime | None]:
    """How many of a cohort's letters need a person, and since when the oldest was written."""
    found = stuck_letters().filter(cohort_slug=slug).order_by().aggregate(count=Count("id"), oldest=Min("planned_at"))
    return found["count"], found["oldest"]


def last_beat(name: str) -> datetime | None:
    """When a part of the schedule last ran; None if never."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def sealed_letters_sent(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Those that should have been removed: sealed, and sent."""
    return letters.filter(kind__in=sealed_kinds(), state=LetterState.SENT)
