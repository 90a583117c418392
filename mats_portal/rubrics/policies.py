"""Who may change a rubric."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_set_up_cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.access import Decision


def can_edit_rubric(person: Any, cohort: Cohort) -> Decision:
    """Its staff and administrators."""
    return can_set_up_cohort(person, cohort)


def rubric_cohorts_visible_to(person: Any) -> QuerySet[Cohort]:
    """The cohorts whose rubric the person may change, or copy from."""
    if has_global_role(person, Role.ADMIN):
        return Cohort.objects.all()
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    return Cohort.objects.filter(pk__in=run)
