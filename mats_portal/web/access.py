"""Deny by default: a view says who may come in, or the portal does not start.

A policy is a function from a person (or an anonymous visitor) to a `Decision`.
`access(policy)` puts it at the door of a view; `require(decision)` asks again
inside, about the object that was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_http_methods

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer of a policy: allowed or not, and to whom one may turn.

    It has no truth value, so that `if can_x(...)` cannot be written by mistake.
    """

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> NoReturn:
        raise TypeError("A Decision has no truth value: ask for .allowed, or require() it.")


ALLOWED = Decision(True)


def refused(sentence: str) -> Decision:
    """A refusal, with a sentence that says who could or what to do."""
    return Decision(False, sentence)


def decide(condition: bool, sentence: str) -> Decision:
    """Allowed if the condition holds, otherwise refused with the sentence."""
    return ALLOWED if condition else Decision(False, sentence)


def require(decision: Decision) -> None:
    """Raise `PermissionDenied` with the decision's sentence unless it allows."""
    if not decision.allowed:
        raise PermissionDenied(decision.sentence)


Policy = Callable[[Any], Decision]


def everyone(person: Any) -> Decision:
    """The public may come in."""
    return ALLOWED


def signed_in(person: Any) -> Decision:
    """Whoever has signed in may come in."""
    return decide(person.is_authenticated, "Please sign in first.")


def access(
    policy: Policy, *, methods: tuple[str, ...] = ("GET", "HEAD")
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Let a request reach the view only if `policy(request.user)` allows it.

    An anonymous visitor who is refused is sent to sign in; a person gets 403
    with the policy's sentence. Other methods than the named ones get 405.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            decision = policy(request.user)
            if decision.allowed:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            raise PermissionDenied(decision.sentence)

        door: Any = require_http_methods(list(methods))(guarded)
        door.access_policy = policy
        door.access_methods = methods
        return door  # type: ignore[no-any-return]

    return decorate


def reader(request: HttpRequest) -> Any:
    """Who asks: behind a door that asks for signing in, always a person."""
    return request.user


FORM = ("GET", "HEAD", "POST")
ACT = ("POST",)

# Views of packages whose own code decides who may come in, by the module of the view.
TRUSTED_MODULES = ("allauth.", "django.views.static", "mats_portal.web.errors")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the site with its full route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def undeclared(resolver: URLResolver | None = None) -> list[str]:
    """The routes whose view has no declared policy."""
    return [
        route
        for route, entry in patterns(resolver)
        if not hasattr(entry.callback, "access_policy")
        and not getattr(entry.callback, "__module__", "").startswith(TRUSTED_MODULES)
    ]


@register("access")
def every_view_declares_its_policy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Fail start-up for each view that does not say who may come in."""
    found: list[CheckMessage] = []
    for urlconf in ("mats_portal.urls", "mats_portal.support_urls"):
        for route in undeclared(get_resolver(urlconf)):
            found.append(
                Error(f"The view at '{route}' declares no policy.", hint="Put @access(policy) on it.", id="web.E001")
            )
    return found
