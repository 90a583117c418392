"""Give one person, or everyone of a stream, longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.letters import EXTENSION
from mats_portal.cohorts.models import Cohort, Extension, Milestone, Stream
from mats_portal.cohorts.states import CLOSING_KINDS, STREAM_KINDS, MilestoneKind
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter, replan_reminders
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings
from mats_portal.web.text import clean_text


class NotADeadline(Refusal):
    """Only a deadline can be extended."""


class NotForStreams(Refusal):
    """This deadline is not one of a stream. Give more time to each person instead."""


class OneOrAStream(Refusal):
    """More time goes to one person or to one stream. Name one of the two."""


class MilestoneNotSet(Refusal):
    """This deadline has no date yet. Set it on the dates page first."""


class ExtensionTooEarly(Refusal):
    """An extension has to be later than the deadline itself."""


@transaction.atomic
def give_extension(
    *,
    cohort: Cohort,
    kind: MilestoneKind,
    at: datetime,
    reason: str,
    by: Person,
    person: Person | None = None,
    stream: Stream | None = None,
) -> Extension:
    """Give a person, or everyone whom a stream's deadline concerns, until another instant, and tell them by letter.

    Given again, it replaces the earlier one. If the deadline had passed, it is open again
    for them. Reminders are planned anew in the same transaction: one for the old instant is
    cancelled. Raises OneOrAStream, NotADeadline, NotForStreams, MilestoneNotSet, ExtensionTooEarly.
    """
    if (person is None) == (stream is None):
        raise OneOrAStream()
    if kind not in CLOSING_KINDS:
        raise NotADeadline()
    if stream is not None and kind not in STREAM_KINDS:
        raise NotForStreams()
    own = Milestone.objects.select_for_update().filter(cohort=cohort, kind=kind).first()
    if own is None:
        raise MilestoneNotSet()
    if at <= own.at:
        raise ExtensionTooEarly(f"The deadline is {describe(own.at, cohort.zone)}. Give a later one.")
    facts = {"at": at, "reason": clean_text(reason).strip(), "given_by": by, "given_at": Now()}
    extension, _ = Extension.objects.update_or_create(
        cohort=cohort, kind=kind, person=person, stream=stream, defaults=facts
    )
    subject: Any = person or stream
    entry = record(
        by=by, verb="give extension", subject=subject, cohort=cohort, facts={"kind": str(kind), "at": at.isoformat()}
    )
    words = {"what": kind.label, "until": describe(at, cohort.zone), "cohort": cohort.name, "stream": str(stream or "")}
    for one in _concerned(kind, person, stream):
        post_letter(kind=EXTENSION, to=one, key=f"extension:{entry.pk}:{one.code}", facts=words, cohort=cohort)
    replan_reminders(cohort=cohort)
    return extension


def _concerned(kind: MilestoneKind, person: Person | None, stream: Stream | None) -> Iterator[Person]:
    """Whom to tell; each once, though several apps may name them."""
    if person is not None:
        yield person
        return
    seen: set[int] = set()
    for people_of_stream in furnishings("stream_people"):
        for one in people_of_stream(stream, kind):
            if one.pk not in seen:
                seen.add(one.pk)
                yield one
