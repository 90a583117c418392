"""What the frame shows of reports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_read_reports
from mats_portal.web.menu import MenuItem


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The reports of a cohort."""
    if not can_read_reports(person, cohort).allowed:
        return []
    return [MenuItem("Reports", reverse("reports:reports", args=[cohort.slug]), 60)]
