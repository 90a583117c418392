"""`manage.py forget_erased`: remove what support keeps about people whom the portal has erased.

Runs where support's database can be reached, every night and after a restore. It reads from the
portal who was erased, by code, and tells the portal nothing: not even whether there was anything.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from mats_portal.keeping.selectors import erased_codes
from scholars.support.router import SUPPORT
from scholars.support.services.forgetting import forget


class Command(BaseCommand):
    """Remove the requests, notes and openings of erased people."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say that it is done; never how much there was."""
        if SUPPORT not in connections:
            raise CommandError("Support's database is not known here. Run it in the support service.")
        forget(codes=erased_codes())
        self.stdout.write("Support keeps nothing about anybody who was erased.")
