"""What every test may use. Factories are in `tests/make.py`."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.db import connections
from django.test import Client

from mats_portal.devstack import chromium
from mats_portal.people.models import Person
from mats_portal.people.selectors import needs_second_factor
from mats_portal.people.signing_in import SECOND_FACTOR
from tests import make

OTHER_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""
SignIn = Callable[..., Client]


def signed_in_client(
    person: Person, *, second_factor: bool | None = None, client: Client | None = None, lately: bool = False
) -> Client:
    """A browser in which the person has signed in, with a second factor if their roles ask for one.

    `second_factor=False` leaves it out; True uses one in any case. lately: within the last minutes; otherwise long ago.
    """
    person = Person.objects.get(pk=person.pk)  # Roles are remembered on the object: ask anew.
    client = client or Client()
    client.force_login(person)
    if needs_second_factor(person) if second_factor is None else second_factor:
        make.make_second_factor(person)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": SECOND_FACTOR, "at": time.time() if lately else 0.0}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
        session.save()
    return client


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test databases. A thread of the live server that ended in the middle of a page may still hold one."""
    yield
    with django_db_blocker.unblock():
        for connection in connections.all():
            with connection.cursor() as cursor:
                cursor.execute(OTHER_SESSIONS)


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """`sign_in(person)`: a browser of their own in which the person has signed in."""
    return signed_in_client


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which speaks to nobody but us."""
    switches = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
    ]
    return {"executable_path": chromium.find(), "args": switches}
