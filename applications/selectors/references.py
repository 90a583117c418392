"""Reads about references: for the applicant without the letters, for those who choose with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Now

from applications.models import Application, Reference, ReferenceLetter
from applications.selectors.documents import current_document
from applications.selectors.naming import is_nameless_to
from applications.states import ApplicationState, ReferenceState
from applications.tokens import hash_of
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.states import MilestoneKind

AFTER_CLOSE = timedelta(days=14)
MOST_REFERENCES = 2
MOST_SENT = 3
PAUSE = timedelta(hours=1)


def due_of(prefix: str = "", own_date: type[EffectiveDeadline] = EffectiveDeadline) -> Any:
    """Until when references are taken: the cohort's own date, or 14 days after applications close for the person.

    `prefix` leads from the row to the application: "application__" for references. own_date:
    `AcceptedUntil` where a letter is taken, with the grace that no page tells of.
    """
    cohort, person = f"{prefix}cohort_id", f"{prefix}person_id"
    closes = EffectiveDeadline(cohort, MilestoneKind.APPLICATIONS_CLOSE, person)
    later = Value(AFTER_CLOSE, output_field=DurationField())
    two_weeks_on = ExpressionWrapper(closes + later, output_field=DateTimeField())
    return Coalesce(own_date(cohort, MilestoneKind.REFERENCES_DUE, person), two_weeks_on)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reference as the applicant sees it: whether there is a letter, and nothing of it."""

    reference: Reference
    is_expired: bool
    can_be_sent: bool

    @property
    def words(self) -> str:
        """What became of it, in two or three words."""
        return "Link expired" if self.is_expired else Reference(state=self.reference.state).get_state_display()

    @property
    def tone(self) -> str:
        """How that looks."""
        tones = {ReferenceState.ANSWERED: "done", ReferenceState.DECLINED: "stop"}
        return "warning" if self.is_expired else tones.get(ReferenceState(self.reference.state), "wait")

    @property
    def is_missing(self) -> bool:
        """Whether it was asked for and is neither in nor declined."""
        return self.reference.state == ReferenceState.ASKED


@dataclass(frozen=True, slots=True)
class References:
    """The references of one application, and until when they are taken (None: not set yet)."""

    asked: list[Asked]
    due_at: datetime | None
    is_open: bool

    @property
    def has_room(self) -> bool:
        """Whether one more may be named."""
        return self.is_open and len(self.asked) < MOST_REFERENCES

    @property
    def share(self) -> float:
        """How many of those named have answered or declined, from 0 to 1."""
        return sum(not one.is_missing for one in self.asked) / len(self.asked) if self.asked else 0.0

    @property
    def words(self) -> str:
        """In short: nobody, or how many of how many are in."""
        if not self.asked:
            return "optional"
        answered = sum(one.reference.state == ReferenceState.ANSWERED for one in self.asked)
        return f"{answered} of {len(self.asked)} in"


def extras_of(application: Application) -> dict[str, Any]:
    """What the applicant's overview shows of the parts that may be left out: `document`, `references`."""
    document = current_document(application)
    return {
        "document": document,
        "document_share": float(document is not None),
        "references": references_of(application),
    }


def references_of(application: Application) -> References:
    """Whom the applicant named and has not taken back; two queries, and never a letter."""
    due_at, now = Application.objects.filter(pk=application.pk).values_list(due_of(), Now()).get()
    is_open = due_at is not None and due_at > now and application.state != ApplicationState.WITHDRAWN
    rows = Reference.objects.filter(application=application).standing()
    asked = [_asked(reference, is_open, now) for reference in rows]
    return References(asked, due_at, is_open)


def _asked(reference: Reference, is_open: bool, now: datetime) -> Asked:
    is_missing = reference.state == ReferenceState.ASKED
    rested = reference.sent_count < MOST_SENT and reference.sent_at <= now - PAUSE
    return Asked(reference, is_missing and not is_open, is_missing and is_open and rested)


def missing_references() -> Exists:
    """Whether an application still waits for a reference, for `annotate` and `filter`."""
    return Exists(Reference.objects.missing().filter(application=OuterRef("pk")))


def letters_about(application: Application, person: Any) -> list[ReferenceLetter]:
    """The letters that are kept, for whoever may read the submitted application and its name; never for the applicant.

    Whether the person may read the application is asked before, as for `readable_parts`.
    """
    if application.person_id == person.pk or application.state != ApplicationState.SUBMITTED:
        return []
    if is_nameless_to(person, application):
        return []
    letters = ReferenceLetter.objects.filter(reference__application=application).exclude(text="")
    return list(letters.select_related("reference").order_by("reference__place", "pk"))


def references_reachable_by(tokens: Iterable[str]) -> QuerySet[Reference]:
    """The references that the hashes of these links open, with what the referee's page shows, and `due_at`."""
    found = Reference.objects.filter(token_hash__in=list(tokens)).select_related("application__person")
    return found.select_related("application__cohort").annotate(due_at=due_of("application__"))


def reference_of_token(token: str) -> Reference | None:
    """The reference that a link is for, whatever became of it."""
    return Reference.objects.filter(token_hash=hash_of(token)).first()
