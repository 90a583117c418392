"""Who may write, read and comment on a research plan. Scholar support reads it only when the scholar shows it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import has_role, open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import Decision, decide
from research_plans.models import ResearchPlan
from scholars.models import Scholar
from scholars.states import ScholarState


def can_write_plan(person: Any, scholar: Scholar) -> Decision:
    """The scholar, while in the programme."""
    allowed = scholar.person_id == person.pk and scholar.state == ScholarState.ACTIVE
    return decide(allowed, "Only the scholar writes the plan, and only while in the programme.")


def plans_visible_to(person: Any) -> QuerySet[ResearchPlan]:
    """Plans that this person may read: their own; submitted ones of their streams; as staff or grader the cohort's."""
    roles = open_roles(person)
    cohorts = [held.cohort_id for held in roles if held.role in (CohortRole.STAFF, CohortRole.GRADER)]
    submitted = Q(submission_count__gt=0)
    of_others = Q(scholar__cohort__in=cohorts) | Q(scholar__stream__in=streams_led_by(person))
    return ResearchPlan.objects.filter(Q(scholar__person_id=person.pk) | (submitted & of_others))


def scholars_with_plans_for(person: Any, cohort: Cohort) -> QuerySet[Scholar]:
    """The scholars in this person's list of a cohort's plans: for staff and graders all, for mentors their streams'."""
    enrolled = Scholar.objects.in_cohort(cohort).enrolled()
    if has_role(person, cohort, CohortRole.STAFF, CohortRole.GRADER):
        return enrolled
    return enrolled.filter(stream__in=streams_led_by(person))


def can_comment_on_plan(person: Any, plan: ResearchPlan) -> Decision:
    """The scholar's mentors, programme staff, and the scholar in answer."""
    scholar = plan.scholar
    allowed = (
        scholar.person_id == person.pk
        or scholar.stream_id in streams_led_by(person)
        or has_role(person, scholar.cohort, CohortRole.STAFF)
    )
    return decide(allowed, "Only the scholar's mentors, programme staff and the scholar comment on a plan.")
