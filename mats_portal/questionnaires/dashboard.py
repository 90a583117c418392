"""What questionnaires furnish to the frame."""

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_set_up_cohort
from mats_portal.cohorts.selectors import has_role
from mats_portal.cohorts.states import OWN_STREAM, CohortRole
from mats_portal.web.menu import SETUP, MenuItem


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The cohort's questions, for those who set it up; for mentors those of their own streams."""
    if can_set_up_cohort(person, cohort).allowed:
        return [MenuItem("Questions", _url(cohort), order=104, group=SETUP)]
    if has_role(person, cohort, CohortRole.MENTOR):
        return [MenuItem("Questions", _url(cohort), order=37, group=OWN_STREAM)]
    return []


def _url(cohort: Cohort) -> str:
    return reverse("questionnaires:questionnaires", args=[cohort.slug])
