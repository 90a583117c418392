"""A page of a cohort through another person's eyes: whether it opens for them, and how it looks.

The view itself is asked, as that person, with GET, in a transaction that is rolled back: what it
answers is what they would get, and nothing that it might write remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from mats_portal.people.models import Person
from mats_portal.web.middleware import zone_or_utc

OF_THE_SERVER = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "REMOTE_ADDR", "wsgi.url_scheme")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person gets at an address.

    match: the view that answers, None when no page has the address; status: of the answer (404 and 403 included);
    sentence: of a refusal; response: the page, where it opens; cohort: to which the page belongs, as far as it said.
    """

    match: ResolverMatch | None
    status: int
    sentence: str = ""
    response: HttpResponseBase | None = None
    cohort: Any = None


def matched(address: str) -> ResolverMatch | None:
    """The view of ours at the address, which may be a whole URL or its path; None when there is none.

    Signing in, second factors and the like are no pages of ours, and are not tried.
    """
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    return match if hasattr(match.func, "access_policy") else None


def seen_by(person: Person, address: str, asker: HttpRequest) -> Sight:
    """What the person gets at the address. Raises what the page itself raises when it is broken."""
    match = matched(address)
    if match is None:
        return Sight(None, 404)
    request = _request_of(person, address, match, asker)
    with transaction.atomic(), timezone.override(zone_or_utc(person.time_zone)):
        try:
            response = match.func(request, *match.args, **match.kwargs)
            if callable(render := getattr(response, "render", None)):
                render()
        except Http404:
            return Sight(match, 404)
        except PermissionDenied as refusal:
            return Sight(match, 403, str(refusal), cohort=getattr(request, "cohort", None))
        finally:
            transaction.set_rollback(True)
    return Sight(match, response.status_code, response=response, cohort=getattr(request, "cohort", None))


def _request_of(person: Person, address: str, match: ResolverMatch, asker: HttpRequest) -> HttpRequest:
    """A request as the person's browser would send it, without a session of its own."""
    parts = urlsplit(address)
    request: Any = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = parts.path
    request.GET = QueryDict(parts.query)
    request.META = {name: asker.META[name] for name in OF_THE_SERVER if name in asker.META}
    request.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path}
    request.user = person
    request.session = SessionStore()
    request._messages = default_storage(request)
    request.resolver_match = match
    request.htmx = HtmxDetails(request)
    request.seen_for = asker.user
    return request  # type: ignore[no-any-return]
