"""What must hold before the portal starts."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@register("security")
def demo_logins_stay_at_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One-click demo logins are for a portal that only this machine can reach."""
    if settings.DEMO_LOGINS and urlsplit(settings.SITE_URL).hostname not in LOOPBACK:
        hint = "Unset DEMO_LOGINS, or set SITE_URL to an address on localhost."
        return [Error("DEMO_LOGINS is on, but SITE_URL is not on this machine.", hint=hint, id="people.E001")]
    return []
