"""`manage.py demo_support`: what invented scholars of a demo cohort asked support, and what was noted.

Called by `manage.py demo`, by name: nothing outside of this app may import it.
"""

import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mats_portal.cohorts.models import Cohort
from scholars.support.models import Opening, SupportNote, SupportRequest
from scholars.support.router import SUPPORT
from scholars.support.states import Closing, RequestState


class Command(BaseCommand):
    """Write, or take away, the support rows of a cohort in which everybody is invented."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The cohort, and what was asked."""
        parser.add_argument("slug")
        parser.add_argument("--sessions", default="[]", help='JSON: [{"scholar", "kind", "at", "text", "note"}].')
        parser.add_argument("--by", default="", help="The code of who took them.")
        parser.add_argument("--still-open", type=int, default=0, help="How many of the last ones are not closed.")
        parser.add_argument("--remove", action="store_true", help="Take the cohort's rows away instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or remove; refuses a cohort of real people."""
        if not Cohort.objects.filter(slug=options["slug"], is_synthetic=True).exists():
            raise CommandError(f"“{options['slug']}” is not a demo cohort.")
        with transaction.atomic(using=SUPPORT):
            if options["remove"]:
                of_cohort = SupportRequest.objects.filter(cohort_slug=options["slug"])
                Opening.objects.filter(request__in=of_cohort).delete()
                of_cohort.delete()
                return
            sessions = json.loads(options["sessions"])
            open_from = len(sessions) - options["still_open"]
            for number, session in enumerate(sessions):
                self._write(options, session, number - open_from)

    def _write(self, options: dict[str, Any], session: dict[str, str], place: int) -> None:
        """`place`: below 0 closed, 0 taken and not closed, above 0 waiting."""
        at = datetime.fromisoformat(session["at"])
        taken: dict[str, Any] = {}
        if place <= 0:
            taken = {"state": RequestState.TAKEN, "taken_by_code": options["by"], "taken_at": at + timedelta(hours=2)}
        if place < 0:
            closed_at = at + timedelta(hours=5)
            taken |= {"state": RequestState.CLOSED, "closed_at": closed_at, "closing": Closing.SOLVED}
        request = SupportRequest.objects.create(
            cohort_slug=options["slug"],
            scholar_code=session["scholar"],
            kind=session["kind"],
            text=session["text"],
            asked_at=at,
            **taken,
        )
        if place <= 0:
            noted_at = at + timedelta(hours=4)
            SupportNote.objects.create(request=request, author_code=options["by"], text=session["note"], at=noted_at)
