"""What questionnaires furnish to the frame."""

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.menu import MenuItem


def menu(person: Any) -> list[MenuItem]:
    """For mentors: the questions of their own streams in the newest cohort they mentor in."""
    led = own_cohorts(person, CohortRole.MENTOR)
    return [MenuItem("My questions", _url(led[0]), order=45)] if led else []


def cohort_setup(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The tab of a cohort's questions."""
    return [MenuItem("Questions", _url(cohort), order=25)]


def _url(cohort: Cohort) -> str:
    return reverse("questionnaires:questionnaires", args=[cohort.slug])
