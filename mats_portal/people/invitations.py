"""Invitations: an offer of something to an address, accepted once by the person who owns the address.

What is offered is known to the app that furnishes an `InvitationKind`; the ground
keeps the token, the address, the expiry and the single use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from mats_portal.journal.services import record
from mats_portal.people.models import Invitation, Person
from mats_portal.people.states import InvitationState
from mats_portal.web.codes import new_token
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings
from mats_portal.web.text import clean_line

DAYS = 14


class Acceptance(Protocol):
    """What opens the thing that was offered."""

    def __call__(self, *, invitation: Invitation, by: Person) -> str:
        """Do it, and return the address of the page to go on to."""


@dataclass(frozen=True, slots=True)
class InvitationKind:
    """What an app invites to.

    purpose: the word in `Invitation.purpose`; offer: what is offered, as the end of
    "You are invited to …"; accept: does it, in the transaction of the acceptance, and
    returns the address of the page to go on to. It may raise a Refusal.
    """

    purpose: str
    offer: Callable[[Invitation], str]
    accept: Acceptance


class InvitationExpired(Refusal):
    """This invitation has expired or was withdrawn. Ask whoever invited you for a new one."""


class InvitationUsed(Refusal):
    """This invitation was accepted already."""


class InvitationForSomebodyElse(Refusal):
    """This invitation is for another e-mail address. Sign in with that one, or add it to your account first."""


def kind_of(invitation: Invitation) -> InvitationKind:
    """What the invitation is to. Raises InvitationExpired if no app knows it any more."""
    for kind in furnishings("invitations"):
        if kind.purpose == invitation.purpose:
            return kind  # type: ignore[no-any-return]
    raise InvitationExpired()


def hash_of(token: str) -> str:
    """What is kept of a token. The prefix makes it useless as a token of another kind."""
    return hashlib.sha256(f"invitation\0{token}".encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, purpose: str, target: str, by: Person, detail: str = "", name: str = "", days: int = DAYS
) -> tuple[Invitation, str]:
    """Make an invitation and its token, which is told only here. An open one to the same is withdrawn."""
    email = email.strip().lower()
    older = Invitation.objects.filter(email=email, purpose=purpose, target=target, detail=detail)
    older.filter(state=InvitationState.OPEN).update(state=InvitationState.WITHDRAWN)
    token = new_token()
    invitation = Invitation.objects.create(
        email=email,
        name=clean_line(name),
        purpose=purpose,
        target=target,
        detail=detail,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=Now() + timedelta(days=days),
    )
    invitation.refresh_from_db(fields=["expires_at"])
    record(by=by, verb="invite", subject=invitation, facts={"purpose": purpose, "target": target, "detail": detail})
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """Make an open invitation useless. Raises InvitationUsed if it was accepted meanwhile."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN)
    if not open_ones.update(state=InvitationState.WITHDRAWN):
        raise InvitationUsed("This invitation is not open any more.")
    record(by=by, verb="withdraw invitation", subject=invitation)


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a token, whatever became of it."""
    return Invitation.objects.select_related("invited_by").filter(token_hash=hash_of(token)).first()


def still_open(invitation: Invitation) -> bool:
    """Whether it can be accepted now, by the database's clock."""
    return _open_now().filter(pk=invitation.pk).exists()


def owns_address(person: Person, email: str) -> bool:
    """Whether the address is the person's and was verified."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())


@transaction.atomic
def accept_invitation(*, token: str, by: Person) -> str:
    """Accept, once, as the owner of the address; returns where to go on.

    Raises InvitationUsed, InvitationExpired, InvitationForSomebodyElse, and whatever
    the kind's own acceptance refuses; then nothing is changed.
    """
    invitation = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if invitation is None:
        raise InvitationExpired()
    if invitation.state == InvitationState.ACCEPTED:
        raise InvitationUsed()
    if not owns_address(by, invitation.email):
        raise InvitationForSomebodyElse()
    if not _open_now().filter(pk=invitation.pk).update(state=InvitationState.ACCEPTED, accepted_by=by):
        raise InvitationExpired()
    record(by=by, verb="accept invitation", subject=invitation)
    return kind_of(invitation).accept(invitation=invitation, by=by)


def _open_now() -> QuerySet[Invitation]:
    return Invitation.objects.filter(state=InvitationState.OPEN, expires_at__gt=Now())
