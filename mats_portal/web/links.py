"""Where to go next, when the request says so: only within this site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_PATH = 2_000  # A longer one would not be answered with a redirect.


def next_url(request: HttpRequest, default: str) -> str:
    """The request's `next` if it is a path of this site, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_own_path(wanted) else default


def is_own_path(wanted: str) -> bool:
    """Whether this is a path of the site: no host, no scheme, and nothing that a browser might take for either."""
    if not wanted.startswith("/") or not wanted.isprintable() or len(wanted) > LONGEST_PATH:
        return False
    return url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)


def absolute(path: str) -> str:
    """A link for a letter, from the configured address of the site and never from a request."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
