"""When something closes for a person, asked of the database inside the statement that writes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Value


class EffectiveDeadline(Func):
    """The instant of a milestone for one person: the cohort's, or their or their stream's extension if that is later.

    `cohort` and `person` are primary keys or expressions (`F("cohort_id")`); `kind` a
    `MilestoneKind`. NULL while the milestone is not set, so that nothing is accepted:

        rows.alias(closes=EffectiveDeadline(F("cohort_id"), kind, F("person_id"))).filter(closes__gt=Now())
    """

    function = "effective_deadline"
    output_field = models.DateTimeField()

    def __init__(self, cohort: Any, kind: Any, person: Any, **extra: Any) -> None:
        super().__init__(_key(cohort), Value(str(kind), output_field=models.TextField()), _key(person), **extra)

    def get_group_by_cols(self) -> list[Any]:
        """Its columns: grouped by itself, it would be asked for every row of the group rather than once."""
        return [column for source in self.get_source_expressions() for column in source.get_group_by_cols()]


class AcceptedUntil(EffectiveDeadline):
    """Until when a write is accepted: the deadline for the person and the hidden grace after it. Never shown."""

    function = "accepted_until"


class OwnAcceptedUntil(EffectiveDeadline):
    """The same without what streams were given: who comes later comes by a stream's extension alone."""

    function = "own_accepted_until"


def _key(key: Any) -> Any:
    if isinstance(key, str):
        return F(key)
    return Value(key, output_field=models.BigIntegerField()) if key is None or isinstance(key, int) else key
