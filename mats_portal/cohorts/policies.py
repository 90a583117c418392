"""Who may do what in a cohort. Door policies take a person only; the others a cohort, too."""

from typing import Any

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import has_role, own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.access import Decision, decide

EVALUATORS = (CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR)


def staff_of_some_cohort(person: Any) -> Decision:
    """Programme staff of any cohort (the door; inside, ask about the one cohort)."""
    return decide(has_role(person, None, CohortRole.STAFF), "Only programme staff can do this.")


def mentors_of_some_cohort(person: Any) -> Decision:
    """Mentors of any stream."""
    return decide(has_role(person, None, CohortRole.MENTOR), "Only mentors can do this.")


def evaluators_of_some_cohort(person: Any) -> Decision:
    """Staff, reviewers and mentors of any cohort."""
    return decide(has_role(person, None, *EVALUATORS), "Only staff, reviewers and mentors can do this.")


def can_run_cohort(person: Any, cohort: Cohort) -> Decision:
    """Programme staff of this cohort: applications, selection, scholars, letters."""
    return decide(has_role(person, cohort, CohortRole.STAFF), f"Only programme staff of {cohort} can do this.")


def runs_cohort_of(person: Any, slug: str) -> bool:
    """The same for a cohort of which only the slug is known."""
    return any(cohort.slug == slug for cohort in own_cohorts(person, CohortRole.STAFF))


def can_set_up_cohort(person: Any, cohort: Cohort) -> Decision:
    """Its staff and administrators: dates, streams, people, forms."""
    allowed = has_global_role(person, Role.ADMIN) or has_role(person, cohort, CohortRole.STAFF)
    return decide(allowed, f"Only programme staff of {cohort} or an administrator can do this.")


def can_read_reports(person: Any, cohort: Cohort) -> Decision:
    """Its staff and administrators."""
    return can_set_up_cohort(person, cohort)


def staff_or_administrators(person: Any) -> Decision:
    """The door to set-up and reports."""
    allowed = has_global_role(person, Role.ADMIN, Role.COORDINATOR) or has_role(person, None, CohortRole.STAFF)
    return decide(allowed, "Only programme staff and administrators can do this.")
