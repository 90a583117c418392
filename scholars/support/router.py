"""Which database a model lives in: support's own in `support`, everything else in `default`."""

from typing import Any

from django.db.models import Model

SUPPORT = "support"


class SupportRouter:
    """Keeps the two databases apart; nothing of one is ever made, read or joined in the other."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The database to read a model from."""
        return SUPPORT if model._meta.app_label == SUPPORT else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The database to write a model to."""
        return SUPPORT if model._meta.app_label == SUPPORT else None

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool | None:
        """No relation crosses the gap."""
        labels = {first._meta.app_label, second._meta.app_label}
        return False if SUPPORT in labels and len(labels) > 1 else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Support's tables are made in support's database only, and no others there."""
        return (app_label == SUPPORT) == (db == SUPPORT)
