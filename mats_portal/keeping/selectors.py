"""Reads about what is kept, and about requests to be erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import dates_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.states import OPEN, ErasureState
from mats_portal.people.policies import administrators
from mats_portal.web.furnishing import furnishings
from mats_portal.web.keeping import Erasure, Kept, Part

AFTER_ANSWERS = timedelta(days=365)


def kept_about(person: Any) -> list[Kept]:
    """Everything that the apps keep about the person, with why and for how long; what they wrote themselves first."""
    return [kept for tell in reversed(furnishings("kept")) for kept in tell(person)]


def erasures_in_order() -> list[Erasure]:
    """How the apps erase a person, the last storey first: each may still read what it stands on."""
    return list(reversed(furnishings("erasures")))


def parts_of_erasure(person: Any) -> list[Part]:
    """What erasing the person would remove and what it would leave; the dry run, which writes nothing."""
    return [part for erasure in erasures_in_order() for part in erasure.preview(person) if part.count]


def hindrances(person: Any) -> list[str]:
    """Why the person cannot be erased yet, in sentences; none when nothing is in the way."""
    return [sentence for erasure in erasures_in_order() if (sentence := erasure.hindrance(person))]


def erasures_visible_to(person: Any) -> QuerySet[ErasureRequest]:
    """An administrator sees all requests, anybody else their own; those that wait longest come first."""
    rows = ErasureRequest.objects.select_related("person", "decided_by")
    if not administrators(person).allowed:
        rows = rows.filter(person_id=person.pk)
    return rows.order_by("due_at", "pk")


def own_requests(person: Any) -> list[ErasureRequest]:
    """The person's own requests, newest first."""
    return list(ErasureRequest.objects.filter(person_id=person.pk))


def waiting_erasures() -> QuerySet[ErasureRequest]:
    """Requests without an answer, the one due first before all."""
    return ErasureRequest.objects.filter(state=ErasureState.ASKED).select_related("person").order_by("due_at", "pk")


def has_open_request(person: Any) -> bool:
    """Whether a request of the person waits for an answer or is being carried out."""
    return ErasureRequest.objects.filter(person_id=person.pk, state__in=OPEN).exists()


def erased_codes() -> list[str]:
    """The public codes of everybody who was erased, for what is kept outside of this database."""
    done = ErasureRequest.objects.filter(state=ErasureState.DONE)
    return list(done.order_by("pk").values_list("person__code", flat=True))


def purge_due_at(cohort: Cohort) -> datetime | None:
    """When sensitive answers of a cohort go: on its own date, or a year after answers were due; None without either."""
    dates = dates_of(cohort)
    answers_due = dates.get(MilestoneKind.ANSWERS_DUE)
    usual = answers_due + AFTER_ANSWERS if answers_due else None
    return dates.get(MilestoneKind.SENSITIVE_REMOVED, usual)


def chosen_in(cohort: Cohort) -> list[int]:
    """The keys of those who were chosen in the cohort: their answers stay."""
    return [key for chosen in furnishings("chosen_people") for key in chosen(cohort)]


def parts_of_purge(cohort: Cohort) -> list[Part]:
    """What a purge would remove now; the dry run, which writes nothing. Nothing is said of what is empty."""
    chosen = chosen_in(cohort)
    return [part for purge in furnishings("purges") for part in purge.preview(cohort, chosen) if part.count]


def cohorts_to_purge(by: datetime, after: datetime | None = None) -> list[Cohort]:
    """The cohorts whose date comes by a moment (and after another one) and in which something is left to remove."""
    cohorts = Cohort.objects.prefetch_related("milestones").order_by("pk")
    due = [
        one for one in cohorts if (at := purge_due_at(one)) is not None and at <= by and (after is None or at > after)
    ]
    return [cohort for cohort in due if parts_of_purge(cohort)]
