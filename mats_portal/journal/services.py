"""Write an entry, in the transaction of the act itself."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from mats_portal.journal.models import Deed, Entry
from mats_portal.journal.selectors import subject_name
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings

TO_UNDO = timedelta(minutes=10)


class TooLateToUndo(Refusal):
    """The time to undo this has passed. What was done stands; change it where it shows, one by one."""


class UndoneAlready(Refusal):
    """This was undone already, perhaps in another window. Nothing was changed again."""


class NotYoursAnyMore(Refusal):
    """You have not the role any more in which you did this, so it stands. Somebody who has it can change it."""


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


def keep_deed(*, kind: str, sentence: str, by: Any, cohort: Any = None, facts: dict[str, Any] | None = None) -> Deed:
    """Let what this transaction does be undone for ten minutes, by the `UndoKind` of that name.

    Letters that belong to it wait as long: give them the deed's `until` as their `not_before`.
    """
    slug = getattr(cohort, "slug", "")
    deed = Deed(kind=kind, sentence=sentence[:300], by=by, cohort_slug=slug, until=Now() + TO_UNDO, facts=facts or {})
    deed.save()
    deed.refresh_from_db()
    return deed


@transaction.atomic
def undo_deed(*, deed: Deed, by: Any) -> str:
    """Undo it, within its time by the database's clock; answers what is as it was.

    Raises `UndoneAlready`, `TooLateToUndo`, `NotYoursAnyMore`, and what its kind raises.
    """
    open_ = Deed.objects.filter(pk=deed.pk, by_id=by.pk, undone_at=None, until__gt=Now())
    if open_.update(undone_at=Now()) != 1:
        standing = Deed.objects.filter(pk=deed.pk, undone_at=None).exists()
        raise TooLateToUndo if standing else UndoneAlready
    (kind,) = (kind for kind in furnishings("undoings") if kind.name == deed.kind)
    if not kind.may(by, deed.cohort_slug):
        raise NotYoursAnyMore
    sentence: str = kind.undo(facts=deed.facts, by=by)
    Entry.objects.create(
        actor=by, verb=f"undo {deed.kind}", subject=subject_name(deed), cohort_slug=deed.cohort_slug, facts={}
    )
    return sentence
