"""What keeping furnishes to the frame."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.keeping.selectors import waiting_erasures
from mats_portal.people.policies import administrators
from mats_portal.web.home import Section
from mats_portal.web.menu import PORTAL, SETUP, MenuItem

SOON = timedelta(days=10)


def menu(person: Any) -> list[MenuItem]:
    """Requests to be erased, for administrators."""
    if not administrators(person).allowed:
        return []
    return [MenuItem("Erasures", reverse("keeping:erasures"), order=215, group=PORTAL)]


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """For staff, among what is set up: what is removed after selection, and when."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    return [MenuItem("What is removed", reverse("keeping:sensitive", args=[cohort.slug]), order=118, group=SETUP)]


def sections(person: Any, now: datetime) -> list[Section]:
    """For administrators: the requests that wait, and until when the first is due."""
    if not administrators(person).allowed:
        return []
    waiting = list(waiting_erasures().exclude(person_id=person.pk)[:100])
    if not waiting:
        return []
    heading = "Somebody asks to be erased" if len(waiting) == 1 else f"{len(waiting)} people ask to be erased"
    return [
        Section(
            heading=heading,
            template="keeping/home_waiting.html",
            context={"due_at": waiting[0].due_at},
            action="Look at what would go",
            url=reverse("keeping:erasures"),
            order=5 if waiting[0].due_at <= now + SOON else 25,
        )
    ]
