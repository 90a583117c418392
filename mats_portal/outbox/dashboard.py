"""What the frame shows of letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from mats_portal.outbox.policies import books_of
from mats_portal.outbox.selectors import forecast_of, stuck_in_cohort
from mats_portal.people.policies import administrators
from mats_portal.web.home import Queue
from mats_portal.web.menu import PORTAL, SETUP, MenuItem
from mats_portal.web.text import counted


def menu(person: Any) -> list[MenuItem]:
    """Administrators look after the portal."""
    if not administrators(person).allowed:
        return []
    return [MenuItem("System", reverse("outbox:system"), 220, PORTAL, names=("outbox:post_office",))]


def cohort_menu(person: Any, cohort: Any) -> list[MenuItem]:
    """The letters of a cohort, for its staff."""
    if cohort.slug not in books_of(person):
        return []
    names = ("outbox:letter", "outbox:settle")
    return [MenuItem("Letters", reverse("outbox:letters", args=[cohort.slug]), 110, SETUP, names)]


def cohort_queues(person: Any, cohort: Any, now: datetime) -> list[Queue]:
    """Letters that wait for a person (in doubt, failed, or held by the brake), and the reminders of the next day."""
    if cohort.slug not in books_of(person):
        return []
    count, oldest = stuck_in_cohort(cohort.slug)
    headline = counted(count, "letter needs you", "letters need you")
    forecast = forecast_of(cohort.slug)
    tomorrow = reverse("outbox:tomorrow", args=[cohort.slug])
    return [
        Queue("Letters that need you", count, reverse("outbox:letters", args=[cohort.slug]), oldest, headline, 10),
        Queue("Reminders by tomorrow", forecast.count if forecast else 0, tomorrow, urgency=90, is_stuck=False),
    ]
