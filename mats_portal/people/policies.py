"""Who may do what in the whole portal."""

from typing import Any

from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.access import Decision, decide


def administrators(person: Any) -> Decision:
    """Administrators: accounts, invitations, every cohort's set-up and reports; no single application or score."""
    return decide(has_global_role(person, Role.ADMIN), "Only an administrator can do this.")


def can_open_cohort(person: Any) -> Decision:
    """Administrators and coordinators may open a cohort."""
    return decide(
        has_global_role(person, Role.ADMIN, Role.COORDINATOR), "Only an administrator or a coordinator opens cohorts."
    )
