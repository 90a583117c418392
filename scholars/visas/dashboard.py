"""What visas furnish to the frame: a scholar's next step, the list and the queue of staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from scholars.models import Scholar
from scholars.states import SCHOLARS
from scholars.visas.selectors import LEAD, counts_of_steps, row_of, start_of
from scholars.visas.states import SETTLED, Step


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """Visas, for staff."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    return [MenuItem("Visas", reverse("visas:visas", args=[cohort.slug]), 52, SCHOLARS, ("visas:visa",))]


def sections(person: Any, now: datetime) -> list[Section]:
    """Until the in-person phase begins: the question, or what is open."""
    if not any(held.role == CohortRole.SCHOLAR for held in open_roles(person)):
        return []
    found = Scholar.objects.active().of(person).select_related("cohort", "visa").first()
    start = start_of(found.cohort) if found else None
    if found is None or start is None or start <= now:
        return []
    row = row_of(found, start)
    if row.step in SETTLED:
        return []
    is_unsaid = row.step == Step.UNSAID
    heading = "Do you need a visa?" if is_unsaid else f"Your visa: {row.step.label.lower()}"
    context = {"row": row, "start": start, "cohort": found.cohort}
    url = reverse("visas:own")
    return [Section(heading, "visas/home.html", context, "", "Answer" if is_unsaid else "Say what happened", url, 13)]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Scholars whose visa is not settled while the start is ahead: stuck in the last eight weeks."""
    start = start_of(cohort)
    if not can_run_cohort(person, cohort).allowed or start is None or start <= now:
        return []
    waiting = sum(n for step, n in counts_of_steps(cohort).items() if step not in SETTLED)
    is_close = start - now < LEAD
    headline = f"{counted(waiting, 'visa is', 'visas are')} not settled, {(start - now).days} days before the start"
    url = reverse("visas:visas", args=[cohort.slug])
    return [Queue("Visas not settled", waiting, url, headline=headline, urgency=18, is_stuck=is_close)]
