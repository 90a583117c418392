"""Where to go next, when the request says so: only within this site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_url(request: HttpRequest, default: str) -> str:
    """The request's `next` if it is a path of this site, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fits = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if fits else default


def absolute(path: str) -> str:
    """A link for a letter, from the configured address of the site and never from a request."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
