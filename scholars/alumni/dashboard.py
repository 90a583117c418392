"""What outcomes furnish to the frame: menu, home, tabs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.home import Section
from mats_portal.web.menu import MenuItem
from scholars.alumni.forms import KeyForm
from scholars.alumni.policies import own_scholarships
from scholars.alumni.selectors import latest_of
from scholars.states import SCHOLARS


def menu(person: Any) -> list[MenuItem]:
    """For alumni their one question."""
    return [MenuItem("What I do now", reverse("alumni:outcome"), order=60)] if _is_alumnus(person) else []


def sections(person: Any, now: datetime) -> list[Section]:
    """One question, two minutes: what we last knew, still true?"""
    scholar = own_scholarships(person).first() if _is_alumnus(person) else None
    if scholar is None:
        return []
    latest = latest_of(person, scholar.cohort)
    name = person.get_short_name()
    heading = f"Still true, {name}?" if latest else f"What do you do now, {name}?"
    context = {"latest": latest, "key_form": KeyForm(auto_id=False)}
    url = reverse("alumni:outcome")
    return [Section(heading, "alumni/home.html", context, "One question, two minutes.", "Tell us", url, 9)]


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The cohort's alumni, beside its scholars."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    return [MenuItem("Alumni", reverse("alumni:alumni", args=[cohort.slug]), order=52, group=SCHOLARS)]


def _is_alumnus(person: Any) -> bool:
    return any(held.role == CohortRole.ALUMNUS for held in open_roles(person))
