"""The closed door itself: without support's own database there is nothing here at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import connections
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from mats_portal.cohorts.models import Cohort
from mats_portal.web.access import access, require, signed_in
from scholars.support.models import SupportRequest
from scholars.support.policies import can_read_request, cohorts_supported_by, requests_visible_to
from scholars.support.router import SUPPORT

P = ParamSpec("P")


class Request(HttpRequest):
    """A request of somebody who has signed in: the door lets no other through."""

    user: Any


View = Callable[Concatenate[Any, P], HttpResponseBase]


def behind_the_door(*methods: str) -> Callable[[View[P]], View[P]]:
    """A view of the support site: signed-in people only, 404 where this process has no support database.

    What is posted or held in variables never reaches an error report.
    """

    def decorate(view: View[P]) -> View[P]:
        @access(signed_in, methods=methods or ("GET", "HEAD"))
        @sensitive_post_parameters()
        @sensitive_variables()
        @wraps(view)
        def door(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if SUPPORT not in connections.databases:
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return decorate


def supported_cohort(person: Any, slug: str) -> Cohort:
    """The cohort, if this person is its scholar support; otherwise Http404."""
    return get_object_or_404(cohorts_supported_by(person), slug=slug)


def visible_request(person: Any, code: str) -> SupportRequest:
    """The request, if this person may know of it; otherwise Http404."""
    return get_object_or_404(requests_visible_to(person), code=code)


def readable_request(person: Any, code: str) -> SupportRequest:
    """The request, if this person may read it; Http404 if they may not know of it, 403 if somebody else has it."""
    found = visible_request(person, code)
    require(can_read_request(person, found))
    return found
