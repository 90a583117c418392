"""What outreach furnishes to the frame."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.outreach.selectors import is_open
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.menu import MenuItem


def cohort_setup(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The tab that says how people heard of the cohort."""
    allowed = can_run_cohort(person, cohort).allowed
    return [MenuItem("Outreach", reverse("outreach:outreach", args=[cohort.slug]), order=6)] if allowed else []


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Leave an address, once the form is open."""
    url = reverse("outreach:interest", args=[cohort.slug])
    return [MenuItem("Leave your address", url, order=20)] if is_open(cohort) else []
