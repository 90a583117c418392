"""`manage.py purge`: remove the sensitive answers of those who were not chosen, where the date has come.

The schedule does it every night. `--dry-run` says what would go, now and by date, and writes nothing.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mats_portal.cohorts.models import Cohort
from mats_portal.keeping.selectors import parts_of_purge, purge_due_at
from mats_portal.keeping.services import PurgeTooEarly, purge_cohort


class Command(BaseCommand):
    """Remove, or say what would be removed."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which cohort, and whether only to look."""
        parser.add_argument("--cohort", default="", help="The short name of one cohort; all without it.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each cohort in which there is something to remove."""
        cohorts = Cohort.objects.order_by("pk")
        for cohort in cohorts.filter(slug=options["cohort"]) if options["cohort"] else cohorts:
            if parts := parts_of_purge(cohort):
                self.stdout.write(f"{cohort.slug}: " + self._done(cohort, parts, dry_run=options["dry_run"]))

    def _done(self, cohort: Cohort, parts: list[Any], *, dry_run: bool) -> str:
        due_at = purge_due_at(cohort)
        when = f"{due_at:%Y-%m-%d}" if due_at else "never, as no date is set"
        if dry_run:
            return f"would go on {when}" + "".join(f"\n  {part.count:>6}  {part.what}" for part in parts)
        try:
            run = purge_cohort(cohort=cohort, by=None)
        except PurgeTooEarly:
            return f"not before {when}"
        return f"purged {run.people}; totals kept"
