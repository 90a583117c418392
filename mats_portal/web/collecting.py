"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFilesConfig(StaticFilesConfig):
    """Django's own, less the extensions of htmx: nothing uses them, and their comments look like imports."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]
