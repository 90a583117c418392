"""Kinds of letters for these tests, and a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mats_portal.outbox import kinds
from mats_portal.outbox.kinds import LetterKind, ReminderKind
from mats_portal.outbox.states import AfterCrash
from mats_portal.web import furnishing
from tests.outbox.smtp_sink import Sink, running_sink

NOTICE = LetterKind("test notice", "News for {who}", "letters/test_notice.txt", because="this is a test")
OFFER = LetterKind("test offer", "An offer for {who}", "letters/test_notice.txt", AfterCrash.HOLD)
SEALED = LetterKind("test sealed", "Something for you", "letters/test_notice.txt", is_sealed=True)
SECRET = LetterKind("test secret", "Your code", "letters/test_notice.txt", holds_secret=True)

Furnish = Callable[..., None]


@pytest.fixture
def furnish(monkeypatch: pytest.MonkeyPatch) -> Furnish:
    """`furnish(letters=…, reminders=…)`: what the apps bring, for this test."""

    def put(letters: tuple[LetterKind, ...] = (), reminders: tuple[ReminderKind, ...] = ()) -> None:
        given = {"letters": letters, "reminders": reminders}
        monkeypatch.setattr(kinds, "furnishings", lambda kind: given.get(kind) or furnishing.furnishings(kind))

    return put


@pytest.fixture(autouse=True)
def _test_letters(furnish: Furnish, settings: Any) -> None:
    furnish(letters=(NOTICE, OFFER, SEALED, SECRET))
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["DIRS"] = [*templates[0]["DIRS"], settings.BASE_DIR / "tests" / "outbox" / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server that the portal delivers to."""
    with running_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server
