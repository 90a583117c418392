"""Nobody with power over others goes on without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from mats_portal.people.selectors import has_second_factor, needs_second_factor
from mats_portal.people.signing_in import DEMO_SIGN_IN, SECOND_FACTOR
from mats_portal.web.errors import permission_denied

Answer = Callable[[HttpRequest], HttpResponse]

ENROL = (
    "Your role lets you see other people's data, so signing in needs a second step. "
    "Choose an authenticator app or a security key; it takes about a minute."
)
ASK_AGAIN = "Please confirm that it is you with your second factor; then you are back where you were."
# Where someone without a second factor may go: to set one up, to sign out, to fix their address or password.
FREE = ("/accounts/", "/health/", "/static/")


class SecondFactorMiddleware:
    """Lead a person who must have a second factor to setting one up, or to using it in this session.

    It does not matter how they signed in (password, code by mail, after a reset, before
    they were given the role): the roles are asked at every request.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(FREE) or not request.user.is_authenticated:
            return self.get_response(request)
        if not needs_second_factor(request.user):
            return self.get_response(request)
        if not has_second_factor(request.user):
            return self._lead(request, "mfa_index", ENROL)
        if not has_used_second_factor(request):
            return self._lead(request, "mfa_reauthenticate", ASK_AGAIN)
        return self.get_response(request)

    def _lead(self, request: HttpRequest, name: str, sentence: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return permission_denied(request, PermissionError(sentence))
        if sentence not in [str(message) for message in messages.get_messages(request)]:
            messages.warning(request, sentence)
        return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


def has_used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was confirmed by a second factor (a demo sign-in stands for one)."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] in (SECOND_FACTOR, DEMO_SIGN_IN) for record in records)
