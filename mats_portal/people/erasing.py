"""How an account is erased: the row stays as a pseudonym, so that what others did with it stays told."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.functions import Now

from mats_portal.people.models import GlobalRole, Invitation, Person
from mats_portal.people.selectors import global_roles
from mats_portal.web.keeping import ERASED_NAME, Erasure, Kept, Part, erased_address

WHO_DID_WHAT = "the roles that an account once held explain what was decided; your name goes"


def kept(person: Any) -> list[Kept]:
    """The account."""
    return [
        Kept(
            "Your account: name, address, time zone, password (only its hash), second factor",
            "so that you can sign in, and letters reach you",
            "you; programme staff where you take part in a cohort; administrators",
            "until you ask us to erase it",
        )
    ]


def preview(person: Any) -> list[Part]:
    """The account goes; the roles it held stay without a name."""
    return [
        Part("Your account: name, address, password, second factor, sessions", 1),
        Part("Invitations to your address", _invitations(person).count()),
        Part("Roles in the whole portal", GlobalRole.objects.filter(person=person).count(), stays=WHO_DID_WHAT),
    ]


def hindrance(person: Any) -> str:
    """Whoever holds a role in the whole portal gives it back first."""
    return f"{person} holds a role in the whole portal. End it first." if global_roles(person) else ""


def erase(person: Any) -> None:
    """Make the row a pseudonym, and close every door to it."""
    address = erased_address(person.code)
    _invitations(person).update(email=address, name="")
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    GlobalRole.objects.filter(person=person, until=None).update(until=Now())
    _end_sessions(person)
    Person.objects.filter(pk=person.pk).update(
        name=ERASED_NAME, email=address, time_zone="UTC", is_active=False, password=make_password(None), last_login=None
    )


def _invitations(person: Any) -> Any:
    return Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person))


def _end_sessions(person: Any) -> None:
    """A session does not say whose it is until it is opened."""
    for session in Session.objects.filter(expire_date__gt=Now()).iterator(chunk_size=500):
        if str(session.get_decoded().get("_auth_user_id")) == str(person.pk):
            session.delete()


ERASURE = Erasure(preview=preview, erase=erase, hindrance=hindrance)
