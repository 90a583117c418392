"""`manage.py demo_logins`: print one line for each invented person to sign in as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from mats_portal.people.demo import demo_password, demo_people
from mats_portal.people.selectors import needs_second_factor


class Command(BaseCommand):
    """Print who can be signed in as, with what password, and where."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the lines, or say why there are none."""
        people = demo_people()
        if not people:
            self.stdout.write("No demo logins: DEMO_LOGINS is off, or the demo was not loaded (manage.py demo).")
            return
        page = settings.SITE_URL.rstrip("/") + reverse("people:demo")
        self.stdout.write(f"  Sign in with one click at {page}, or with a password at the sign-in page:")
        for one in people:
            by_password = one.person.has_usable_password() and not needs_second_factor(one.person)
            password = demo_password() if by_password else "(one click)"
            self.stdout.write(f"  {one.person.email:<24} {password:<17} {one.person.name} {one.what}")
