"""Which streams wait for a mentor who was invited and has not signed up: nobody selects for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Invitation
from mats_portal.people.states import InvitationState


def uncommitted_streams(cohort: Cohort) -> QuerySet[Stream]:
    """The streams whose mentors were invited and none has signed up, by name; an invitation that lapsed counts, too."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=OuterRef("pk"))
    invited = Invitation.objects.filter(
        purpose="membership",
        state=InvitationState.OPEN,
        target=cohort.slug,
        detail=Concat(Value(f"{CohortRole.MENTOR.value}:"), OuterRef("code")),
    )
    return Stream.objects.filter(~Exists(mentors), Exists(invited), cohort=cohort).order_by("name")


def uncommitted_among(cohort: Cohort, codes: Iterable[str]) -> list[Stream]:
    """Those of the streams named by their codes."""
    return list(uncommitted_streams(cohort).filter(code__in=set(codes)))
