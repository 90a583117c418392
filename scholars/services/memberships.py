"""A scholar's memberships: closed and opened, never overwritten."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import SIDE_OF_ROLE, CohortRole


def open_membership(*, person: Any, cohort: Cohort, role: CohortRole, stream: Stream | None = None) -> None:
    """Open the role from now on, if it is not open already."""
    Membership.objects.get_or_create(
        person=person,
        cohort=cohort,
        role=role,
        stream=stream,
        until=None,
        defaults={"side": SIDE_OF_ROLE[role], "since": Now()},
    )


def close_membership(*, person: Any, cohort: Cohort, role: CohortRole, reason: str) -> None:
    """Close the open memberships of the role, with the reason."""
    mine = Membership.objects.open().in_cohort(cohort).in_role(role).filter(person=person)
    mine.update(until=Now(), reason=reason[:200])
