"""Acts that cannot be undone ask once more who is there, if that was asked longer than five minutes ago."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from mats_portal.people.selectors import has_second_factor
from mats_portal.people.signing_in import DEMO_SIGN_IN

FRESH_SECONDS = 300
SENTENCE = "This cannot be taken back later, so please confirm that it is you; then you are back where you were."


def has_confirmed_lately(request: HttpRequest) -> bool:
    """Whether whoever sits there has shown within five minutes that it is them (in a demo: ever)."""
    records = get_authentication_records(request, request.user)
    oldest = time.time() - FRESH_SECONDS
    return any(record["method"] == DEMO_SIGN_IN or record["at"] > oldest for record in records)


def ask_who_is_there(request: HttpRequest, back: str) -> HttpResponseRedirect:
    """To the page that asks for the second factor, or the password, and from there `back`."""
    if SENTENCE not in [str(message) for message in messages.get_messages(request)]:
        messages.warning(request, SENTENCE)
    name = "mfa_reauthenticate" if has_second_factor(request.user) else "account_reauthenticate"
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
