"""`manage.py prepare`: bring the databases and the static files up to date. Quick when there is nothing to do."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from mats_portal.web.collecting import CollectedFilesConfig

SOURCES = ".sources"


class Command(BaseCommand):
    """Migrate every database that has to be, make the fonts, collect the static files when they changed."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let operators leave one half out."""
        parser.add_argument("--no-static", action="store_true", help="Leave the static files alone.")
        parser.add_argument("--no-migrate", action="store_true", help="Leave the databases alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the halves that were not left out."""
        if not options["no_migrate"]:
            for alias in connections:
                self._migrate(alias)
        if not options["no_static"]:
            self._collect()

    def _migrate(self, alias: str) -> None:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(f"Migrating the database {alias} …")
            call_command("migrate", database=alias, interactive=False, verbosity=0)

    def _collect(self) -> None:
        if "fonts" in get_commands():
            call_command("fonts", verbosity=0)
        stamp = Path(settings.STATIC_ROOT) / SOURCES
        sources = _digest_of_sources()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != sources:
            self.stdout.write("Collecting the static files …")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(sources, encoding="ascii")


def _digest_of_sources() -> str:
    """What the static files are made from: each one's path, size and time, and how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list(CollectedFilesConfig.ignore_patterns):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
