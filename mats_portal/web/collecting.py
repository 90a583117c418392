"""Which static files are collected."""

from typing import ClassVar

from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFilesConfig(StaticFilesConfig):
    """Django's own, less the extensions of htmx: nothing uses them, and their comments look like imports."""

    ignore_patterns: ClassVar[list[str]] = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]
