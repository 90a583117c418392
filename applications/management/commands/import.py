"""Take a file of streams, interest forms or applications into a cohort."""  # noqa: N999

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from applications.services.importing import ImportRefused, Rejected, import_file
from applications.states import ImportKind
from mats_portal.cohorts.models import Cohort
from mats_portal.web.errors import Refusal
from mats_portal.web.middleware import zone_or_utc

ROWS_BETWEEN_WORDS = 1_000


class Command(BaseCommand):
    """`manage.py import streams|interest|applications FILE --cohort SLUG [--dry-run]`."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to import, from where, into which cohort."""
        parser.add_argument("kind", choices=ImportKind.values)
        parser.add_argument("file", type=Path, help="CSV (also gzipped) or XLSX")
        parser.add_argument("--cohort", required=True, help="the cohort's slug")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--take-the-others", action="store_true", help="import what can be taken, leave the rest")
        parser.add_argument("--zone", default="UTC", help="IANA time zone of moments that name none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what was done; with rows that cannot be taken the command fails."""
        if (cohort := Cohort.objects.filter(slug=options["cohort"]).first()) is None:
            raise CommandError(f"There is no cohort “{options['cohort']}”.")
        if zone_or_utc(options["zone"]).key != options["zone"]:
            raise CommandError(f"“{options['zone']}” is not a time zone.")
        try:
            with options["file"].open("rb") as file:
                outcome = import_file(
                    kind=ImportKind(options["kind"]),
                    cohort=cohort,
                    file=file,
                    by=None,
                    zone=options["zone"],
                    dry_run=options["dry_run"],
                    allow_rejected=options["take_the_others"],
                    tell=self._tell,
                )
        except ImportRefused as refusal:
            self._list(refusal.outcome.rejected)
            raise CommandError(refusal.sentence) from refusal
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        self._list(outcome.rejected)
        would = "Nothing was changed; an import would make: " if options["dry_run"] else ""
        self.stdout.write(f"{options['file'].name}: {would}{outcome.sentence}")

    def _tell(self, done: int, total: int, step: str) -> None:
        if done % ROWS_BETWEEN_WORDS == 0:
            self.stderr.write(f"{step}: {done:,} of {total:,}")

    def _list(self, rejected: list[Rejected]) -> None:
        for row in rejected:
            self.stderr.write(f"line {row.line}: {row.reason}")
