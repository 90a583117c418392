"""Make the web fonts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mats_portal.web.fonts import are_current, make_fonts


class Command(BaseCommand):
    """Make the web fonts in var/fonts, unless they are there and current."""

    help = "Make the web fonts in var/fonts, unless they are there and current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: do it all again."""
        parser.add_argument("--force", action="store_true", help="make them again even if they are current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; one line at the end."""
        folder = settings.BASE_DIR / "var" / "fonts"
        if are_current(folder) and not options["force"]:
            if options["verbosity"]:
                said = "The fonts are current."
        else:
            said = f"Made {len(make_fonts(folder))} files in {folder.relative_to(settings.BASE_DIR)}."
        if options["verbosity"]:
            self.stdout.write(said)
