"""Invite to a role in a cohort; the membership opens when the invitation is accepted."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from mats_portal.cohorts.letters import INVITATION
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.services.members import MembershipHeld, StreamNeeded, open_membership
from mats_portal.cohorts.states import INVITED_ROLES, STREAM_ROLES, CohortRole
from mats_portal.outbox.services import post_letter
from mats_portal.people.invitations import InvitationExpired, InvitationKind, invite
from mats_portal.people.models import Invitation, Person
from mats_portal.web.errors import Refusal
from mats_portal.web.links import absolute

PURPOSE = "membership"


class RoleNotByInvitation(Refusal):
    """Nobody is invited to this role: scholars come by accepting an offer, alumni by finishing."""


@transaction.atomic
def invite_member(
    *,
    cohort: Cohort,
    email: str,
    role: CohortRole,
    by: Person,
    stream: Stream | None = None,
    name: str = "",
    not_before: datetime | None = None,
) -> Invitation:
    """Invite an address to a role, by letter, which leaves at `not_before` at the earliest.

    Raises RoleNotByInvitation, StreamNeeded.
    """
    if role not in INVITED_ROLES:
        raise RoleNotByInvitation()
    if role in STREAM_ROLES and (stream is None or stream.cohort_id != cohort.pk):
        raise StreamNeeded()
    detail = f"{role}:{stream.code}" if stream else str(role)
    invitation, token = invite(email=email, purpose=PURPOSE, target=cohort.slug, detail=detail, by=by, name=name)
    post_letter(
        kind=INVITATION,
        key=f"invitation:{invitation.code}",
        to=Person.objects.filter(email=invitation.email).first(),
        address=invitation.email,
        name=name,
        facts={
            "cohort": cohort.name,
            "inviter": str(by),
            "offer": describe_offer(invitation),
            "url": absolute(reverse("people:invitation", args=[token])),
        },
        cohort=cohort,
        about=f"people.invitation:{invitation.code}",
        not_before=not_before,
    )
    return invitation


def describe_offer(invitation: Invitation) -> str:
    """What is offered: "join Winter 2026 as mentor of Oversight"."""
    cohort, role, stream = _parts(invitation)
    where = f" of {stream}" if stream else ""
    return f"join {cohort} as {role.label.lower()}{where}"


@transaction.atomic
def accept_membership(*, invitation: Invitation, by: Person) -> str:
    """Open the membership that was offered. Raises WouldBridgeTheGap; a role held already is no error."""
    cohort, role, stream = _parts(invitation)
    with suppress(MembershipHeld):
        open_membership(cohort=cohort, person=by, role=role, stream=stream, by=by, reason="accepted an invitation")
    return reverse("home")


def _parts(invitation: Invitation) -> tuple[Cohort, CohortRole, Stream | None]:
    role, _, code = invitation.detail.partition(":")
    cohort = Cohort.objects.filter(slug=invitation.target).first()
    stream = Stream.objects.filter(code=code, cohort=cohort).first() if code else None
    if cohort is None or (code and stream is None):
        raise InvitationExpired()
    return cohort, CohortRole(role), stream


MEMBERSHIP = InvitationKind(purpose=PURPOSE, offer=describe_offer, accept=accept_membership)
