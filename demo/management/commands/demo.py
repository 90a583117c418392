"""`manage.py demo`: make invented cohorts, or take them away."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.utils import timezone

from demo.building.building import build
from demo.building.removing import remove
from demo.moments import Moment
from demo.recipes import USUAL, Recipe
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.services import compile_snapshot, print_snapshot
from mats_portal.web.errors import Refusal

PATIENCE = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"


class Command(BaseCommand):
    """Without --at: a few cohorts at different moments, so that everybody has something to do."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to make."""
        parser.add_argument("--at", choices=[moment.value for moment in Moment], help="One cohort at this moment.")
        parser.add_argument("--slug", default="summer-2023", help="Its slug (with --at or --remove).")
        parser.add_argument(
            "--seed", type=int, default=2023, help="Another number makes other people choose otherwise."
        )
        parser.add_argument("--scale", type=int, default=1, help="How many copies of the applications (22: ~10,000).")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing when there is any cohort.")
        parser.add_argument("--remove", action="store_true", help="Take the cohort and its invented people away.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or remove; a refusal is said in its own words."""
        self._began = time.monotonic()
        try:
            if options["remove"]:
                remove(options["slug"])
                self._say(f"{options['slug']} is gone; the journal keeps what was done in it.")
            elif not (options["if_empty"] and Cohort.objects.exists()):
                with _whole() if options["if_empty"] else nullcontext():
                    self._make(self._recipes(options))
                self._say("done")
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _make(self, recipes: tuple[Recipe, ...]) -> None:
        for recipe in recipes:
            stage = build(recipe, timezone.now(), self._say)
            if stage.has_come(Moment.SELECTION_UNDERWAY):
                self._say(f"{recipe.name}: statistics")
                print_snapshot(snapshot=compile_snapshot(cohort=stage.cohort))

    def _recipes(self, options: dict[str, Any]) -> tuple[Recipe, ...]:
        if options["at"]:
            slug = options["slug"]
            name, tag = slug.replace("-", " ").capitalize(), "" if slug == "summer-2023" else f"{slug}-"
            return (Recipe(slug, name, Moment(options["at"]), options["seed"], scale=options["scale"], tag=tag),)
        return tuple(replace(recipe, seed=options["seed"]) for recipe in USUAL)

    def _say(self, step: str) -> None:
        if step:
            self.stdout.write(f"{time.monotonic() - self._began:6.1f} s  {step}")


@contextmanager
def _whole() -> Iterator[None]:
    """All of it or nothing, so that a first start that was broken off begins again, and finds the portal empty.

    On a slow machine it takes longer than a page may, and one database waits while the other is written.
    """
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
            with connections[alias].cursor() as cursor:
                cursor.execute(PATIENCE)
        yield
