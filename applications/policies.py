"""Who may do what with applications."""

from typing import Any

from applications.models import Application
from applications.selectors import applications_visible_to
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import has_role
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import Decision, decide

__all__ = [
    "applications_visible_to",
    "can_apply",
    "can_change_application",
    "can_list_applications",
    "can_read_application",
    "can_withdraw_application",
]


EVALUATING = (CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR, CohortRole.GRADER, CohortRole.SUPPORT)


def can_apply(person: Any, cohort: Cohort) -> Decision:
    """Whoever has no part in running the cohort."""
    return decide(not has_role(person, cohort, *EVALUATING), f"You help to run {cohort}, so you cannot apply to it.")


def can_list_applications(person: Any, cohort: Cohort) -> Decision:
    """Programme staff of the cohort see the table of all applications."""
    return can_run_cohort(person, cohort)


def can_read_application(person: Any, application: Application) -> Decision:
    """Whoever the application is visible to; a draft's answers stay the applicant's own."""
    visible = applications_visible_to(person).filter(pk=application.pk).exists()
    return decide(visible, "Only programme staff and the mentors of the chosen streams read this application.")


def can_change_application(person: Any, application: Application) -> Decision:
    """The applicant alone."""
    return decide(application.person_id == person.pk, "Only the person who applies can change an application.")


def can_withdraw_application(person: Any, application: Application) -> Decision:
    """The applicant, while it is not withdrawn."""
    if application.state == ApplicationState.WITHDRAWN:
        return decide(False, "This application has been withdrawn already.")
    return can_change_application(person, application)
