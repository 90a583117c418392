"""What the portal notes in a session about how its person came in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.http import HttpRequest

from mats_portal.people.models import Person

BACKEND = "mats_portal.people.backends.PortalBackend"
DEMO_SIGN_IN = "demo"
SECOND_FACTOR = "mfa"


def sign_in_to_demo(request: HttpRequest, person: Person) -> None:
    """Sign an invented person in with one click; stands for both steps of signing in."""
    login(request, person, backend=BACKEND)
    record_authentication(request, person, DEMO_SIGN_IN)


def note_second_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **signal: Any) -> None:
    """Whoever has just set up a second factor has thereby used it in this session."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, SECOND_FACTOR, id=authenticator.pk, type=authenticator.type)
