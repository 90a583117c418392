"""What rubrics furnish to the frame."""

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.policies import can_edit_rubric
from mats_portal.web.menu import SETUP, MenuItem


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The cohort's rubric, for those who set it up."""
    if not can_edit_rubric(person, cohort).allowed:
        return []
    return [MenuItem("Rubric", reverse("rubrics:rubric", args=[cohort.slug]), order=105, group=SETUP)]
