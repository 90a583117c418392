"""`manage.py erasures`: which requests to be erased wait; `--again` erases anew whom the ledger names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mats_portal.keeping.selectors import waiting_erasures
from mats_portal.keeping.services import erase_again


class Command(BaseCommand):
    """List the requests that wait, or erase again after an old copy of the database was put back."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to erase again."""
        parser.add_argument("--again", action="store_true", help="After a restore: erase everybody in the ledger.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what waits, or who was erased again."""
        if options["again"]:
            codes = erase_again()
            self.stdout.write(f"Erased again: {len(codes)}" + "".join(f"\n  {code}" for code in codes))
            return
        waiting = list(waiting_erasures())
        self.stdout.write(f"Waiting: {len(waiting)}")
        for request in waiting:
            self.stdout.write(f"  {request.code}  due {request.due_at:%Y-%m-%d}")
