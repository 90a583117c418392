"""What outreach furnishes to the frame."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.outreach.selectors import is_open
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_run_by, open_roles
from mats_portal.web.menu import MenuItem


def menu(person: Any) -> list[MenuItem]:
    """For staff: how people heard of the newest cohort they run."""
    run = cohorts_run_by(person).first() if open_roles(person) else None
    return [MenuItem("Outreach", reverse("outreach:outreach", args=[run.slug]), order=25)] if run else []


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Leave an address, once the form is open."""
    return (
        [MenuItem("Leave your address", reverse("outreach:interest", args=[cohort.slug]), 20)]
        if is_open(cohort)
        else []
    )
