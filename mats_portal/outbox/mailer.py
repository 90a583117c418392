"""One conversation with the mail server, and what its answers mean."""

from __future__ import annotations

import contextlib
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from mats_portal.outbox.models import Letter


class NotSent(Exception):
    """The letter was not taken. `note` says why, for staff."""

    def __init__(self, note: str) -> None:
        self.note = note[:300]
        super().__init__(note)


class Refused(NotSent):
    """For good: trying again cannot help (an address that does not exist)."""


class Deferred(NotSent):
    """For now: the same letter may be taken later (4xx)."""


class Doubtful(NotSent):
    """The connection broke while the letter was on its way: it may have been taken, or not."""


def message_id(letter: Letter) -> str:
    """The same for every attempt, so that a copy can be recognised as one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<letter.{letter.code}@{host}>"


class Mailer:
    """Keeps one connection open over several letters."""

    def __init__(self) -> None:
        self._backend: Any = get_connection(fail_silently=False)

    def open(self) -> bool:
        """Greet the mail server; False if it does not answer or does not want to talk now."""
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException):
            self.close()
            return False
        return True

    def close(self) -> None:
        """Say goodbye; a server that has gone already is no trouble."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._backend.close()
        if hasattr(self._backend, "connection"):
            self._backend.connection = None

    def send(self, letter: Letter) -> None:
        """Hand over one letter to one address. Raises `Refused`, `Deferred` or `Doubtful`."""
        message = EmailMessage(
            subject=letter.subject,
            body=letter.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[letter.address],
            headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        )
        try:
            message.message().as_bytes()
        except Exception as error:  # whatever is wrong with it will be wrong again
            raise Refused(f"This letter cannot be put into the form of a mail ({type(error).__name__}).") from error
        try:
            self._backend.send_messages([message])
        except Exception as error:
            raise self._meaning(error) from error

    def _meaning(self, error: Exception) -> NotSent:
        """What an error of the mail library says about the letter."""
        answer: bytes | str
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, answer = next(iter(error.recipients.values()))
        elif isinstance(error, smtplib.SMTPResponseException):
            code, answer = error.smtp_code, error.smtp_error
        elif isinstance(error, smtplib.SMTPNotSupportedError | UnicodeError | ValueError):
            return Refused("The mail server cannot handle this address.")
        else:
            self.close()
            return Doubtful("The connection to the mail server broke while the letter was on its way.")
        words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        note = f"The mail server answered: {code} {' '.join(words.split())}"
        if code == 421:
            self.close()
        return Deferred(note) if 400 <= code < 500 else Refused(note)
