"""Who may do what with applications."""

from typing import Any

from applications.models import Application, Concern
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
    "can_decide_concern",
    "can_list_applications",
    "can_raise_concern",
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


def can_raise_concern(person: Any, application: Application) -> Decision:
    """Whoever reads the application to judge it; never the applicant."""
    if application.person_id == person.pk:
        return decide(False, "Nobody raises a concern about an application of their own.")
    return can_read_application(person, application)


def can_decide_concern(person: Any, concern: Concern) -> Decision:
    """Staff of the cohort, other than whoever raised it and the applicant."""
    if person.pk in (concern.raised_by_id, concern.application.person_id):
        return decide(False, "A second person decides: ask another member of the programme’s staff to look.")
    return can_run_cohort(person, concern.application.cohort)
