"""What outreach furnishes to the frame."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.outreach.selectors import is_open, waiting_recommendations
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.home import Queue
from mats_portal.web.menu import SETUP, MenuItem
from mats_portal.web.text import counted


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """How people heard of the cohort, and the list of channels."""
    allowed = can_run_cohort(person, cohort).allowed
    url = reverse("outreach:outreach", args=[cohort.slug])
    return [MenuItem("Outreach", url, order=106, group=SETUP)] if allowed else []


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Leave an address or recommend somebody, once the forms are open."""
    url = reverse("outreach:interest", args=[cohort.slug])
    if not is_open(cohort):
        return []
    recommend = reverse("outreach:recommend", args=[cohort.slug])
    return [MenuItem("Leave your address", url, order=20), MenuItem("Recommend somebody", recommend, order=30)]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Recommendations that nobody has answered."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    since = waiting_recommendations(cohort)
    headline = counted(len(since), "recommendation waits for a letter", "recommendations wait for a letter")
    url = reverse("outreach:recommendations", args=[cohort.slug])
    return [Queue("Recommendations to answer", len(since), url, min(since, default=None), headline, urgency=55)]
