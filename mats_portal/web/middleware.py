"""What happens to every request before a view and after it."""

from __future__ import annotations

import logging
import zoneinfo
from collections.abc import Callable
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from mats_portal.web.errors import bad_request, too_large

logger = logging.getLogger(__name__)
LONGEST_BODY = 22 * 1024 * 1024  # the largest upload is a file of 20 MB
Answer = Callable[[HttpRequest], HttpResponse]


class PlainInputMiddleware:
    """Refuse what no form of ours sends: NUL and lone surrogates in the address, and bodies beyond every upload.

    Also the place where a database that is restarting becomes a page that says so (503).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > LONGEST_BODY:
            return too_large(request)
        values = [request.path, *request.GET, *(value for values in request.GET.lists() for value in values[1])]
        if any(_is_poison(value) for value in values):
            return bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with a page that asks to try again, when the database is away or overloaded."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not serve us", exc_info=exception)
        response = render(request, "errors/503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = "10"
        return response


def _length(request: HttpRequest) -> int:
    """The length that the request says its body has; what it sends beyond that is not read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else LONGEST_BODY + 1


def _is_poison(value: str) -> bool:
    return "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value)


class PrivateResponseMiddleware:
    """Keep pages out of shared caches and other sites, unless a view said otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        patch_vary_headers(response, ("Cookie",))
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ReadersZoneMiddleware:
    """Show times in the reader's own zone; the official zone stands beside it where it matters."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "time_zone", "") or request.COOKIES.get("zone", "")
        with timezone.override(zone_or_utc(name)):
            return self.get_response(request)


def zone_or_utc(name: str) -> zoneinfo.ZoneInfo:
    """The IANA zone of that name, or UTC when there is none."""
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")
