"""Write a letter in the transaction of the act it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.jobs.services import ring
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.rendering import render_letter
from mats_portal.outbox.states import LetterState

DELIVER_TASK = "mats_portal.outbox.tasks.deliver"


@transaction.atomic
def post_letter(
    *,
    kind: LetterKind,
    key: str,
    to: Any = None,
    address: str = "",
    name: str = "",
    facts: Mapping[str, Any] | None = None,
    cohort: Any = None,
    about: str = "",
    not_before: datetime | None = None,
) -> Letter | None:
    """Write a letter that the worker will deliver once this transaction has committed.

    to: the person, or `address` (and `name`) for somebody without a login; an address
    given beside a person wins. key: unique, made of kind, object and occurrence.
    cohort: anything with a `slug`; about: "<model label>:<code>"; not_before: the
    earliest moment to send it. Returns None when a letter of that key exists already:
    posting twice sends once.
    """
    letter = write_letter(
        kind=kind, key=key, to=to, address=address, name=name, facts=facts or {}, cohort=cohort, about=about
    )
    letter.not_before = not_before or Now()
    post_written(letters=[letter])
    return Letter.objects.filter(code=letter.code).first()


@transaction.atomic
def post_written(*, letters: Sequence[Letter]) -> None:
    """Post letters that `write_letter` made; one whose key exists already is not posted again."""
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    ring(DELIVER_TASK)


def write_letter(
    *,
    kind: LetterKind,
    key: str,
    to: Any = None,
    address: str = "",
    name: str = "",
    facts: Mapping[str, Any],
    cohort: Any = None,
    about: str = "",
    state: LetterState = LetterState.PLANNED,
) -> Letter:
    """A letter with its subject and text, not saved yet."""
    subject, text = render_letter(kind, facts, name or getattr(to, "name", ""))
    return Letter(
        kind=kind.name,
        key=key,
        recipient=to,
        address=(address or getattr(to, "email", "")).strip().lower(),
        cohort_slug=getattr(cohort, "slug", ""),
        about=about,
        subject=subject,
        text=text,
        state=state,
        not_before=Now(),
    )
