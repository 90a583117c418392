"""`manage.py check_invariants`: look over the whole database for what must never be.

Prints each sentence with its verdict, and ends with exit status 1 if one does not hold. It writes nothing;
run it nightly, and after a restore.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from mats_portal.web.invariants import verdicts


class Command(BaseCommand):
    """Ask every invariant."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each."""
        found = verdicts()
        for verdict in found:
            broken = f"  BROKEN by {verdict.count}: {', '.join(verdict.examples)}" if verdict.count else ""
            self.stdout.write(f"{'NO ' if verdict.count else 'yes'}  {verdict.name}{broken}")
        count = sum(bool(verdict.count) for verdict in found)
        self.stdout.write(f"{len(found)} asked, {count} broken")
        if count:
            sys.exit(1)
