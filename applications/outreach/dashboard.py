"""What outreach furnishes to the frame."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.outreach.selectors import is_open
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.menu import SETUP, MenuItem


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """How people heard of the cohort, and the list of channels."""
    allowed = can_run_cohort(person, cohort).allowed
    url = reverse("outreach:outreach", args=[cohort.slug])
    return [MenuItem("Outreach", url, order=106, group=SETUP)] if allowed else []


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Leave an address, once the form is open."""
    url = reverse("outreach:interest", args=[cohort.slug])
    return [MenuItem("Leave your address", url, order=20)] if is_open(cohort) else []
