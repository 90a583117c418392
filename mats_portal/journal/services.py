"""Write an entry, in the transaction of the act itself."""

from typing import Any

from django.db import models, transaction

from mats_portal.journal.models import Entry
from mats_portal.journal.selectors import subject_name


def record(
    *, by: Any, verb: str, subject: models.Model, cohort: Any = None, facts: dict[str, Any] | None = None
) -> Entry:
    """Append an entry; `by` is a person, or None for the portal itself.

    Raises `transaction.TransactionManagementError` outside a transaction: an act and
    its entry are written together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act and its entry belong in one transaction.")
    return Entry.objects.create(
        actor=by, verb=verb, subject=subject_name(subject), cohort_slug=getattr(cohort, "slug", ""), facts=facts or {}
    )
