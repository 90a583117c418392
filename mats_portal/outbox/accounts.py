"""The letters of sign-up and sign-in go through the outbox, so that no mail server can break a sign-up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.template.loader import render_to_string

from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.services import post_letter
from mats_portal.people.adapter import AccountAdapter as PeopleAdapter
from mats_portal.people.models import Person
from mats_portal.web.codes import new_code
from mats_portal.web.links import absolute
from mats_portal.web.text import clean_line

ACCOUNT = LetterKind(
    name="account",
    subject_template="{subject}",
    template="letters/account.txt",
    because="somebody used this address to sign up or sign in at the MATS portal, or an account of yours was changed",
    holds_secret=True,
)


class AccountAdapter(PeopleAdapter):
    """Sends by writing a row; builds links from the configured address of the site, never from a request."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter; the worker sends it."""
        site = SimpleNamespace(name="the MATS portal", domain=urlsplit(settings.SITE_URL).netloc)
        facts = {name: _from_site(name, value) for name, value in context.items()}
        facts |= {"email": email, "current_site": site}
        post_letter(
            kind=ACCOUNT,
            key=f"account:{new_code()}",
            to=Person.objects.filter(email=email.lower()).first(),
            address=email,
            facts={
                "subject": clean_line(render_to_string(f"{template_prefix}_subject.txt", facts)),
                "message": render_to_string(f"{template_prefix}_message.txt", facts).strip(),
            },
        )


def _from_site(name: str, value: Any) -> Any:
    """A link of the context, moved to the configured address of the site."""
    if not (name.endswith("_url") and isinstance(value, str)):
        return value
    parts = urlsplit(value)
    return absolute(urlunsplit(("", "", parts.path, parts.query, parts.fragment)))
