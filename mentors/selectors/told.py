"""What an applicant was told, and how the reserve moves: real counts, and nothing of anybody's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import milestone
from mats_portal.cohorts.states import MilestoneKind
from mentors.models import Decision, DecisionQuerySet, Offer
from mentors.states import DecisionKind, OfferState


def decisions_told_to(person: Any) -> DecisionQuerySet:
    """The person's decisions that went out, but for offers, newest first."""
    told = Decision.objects.told().of(person).filter(offer=None)
    return told.select_related("application__cohort", "words", "release").order_by("-release__ended_at", "-pk")


@dataclass(frozen=True, slots=True)
class Reserve:
    """How the reserve of one stream moves.

    waiting: people who were told that they are on it and were not offered anything since; called: offers that it
    led to; unanswered: offers of the stream that wait for an answer; moved_at: when it last led to an offer.
    """

    stream: Stream
    waiting: int
    called: int
    unanswered: int
    moved_at: datetime | None
    ends_at: datetime | None


def reserves_of(decision: Decision) -> list[Reserve]:
    """The streams whose reserve the person is on, in three queries."""
    cohort: Cohort = decision.application.cohort
    streams = list(Stream.objects.filter(cohort=cohort, code__in=decision.streams).order_by("name"))
    waiting = _waiting(cohort)
    told = Q(released_at__isnull=False)
    counts: dict[int, dict[str, Any]] = {
        row["stream"]: dict(row)
        for row in Offer.objects.filter(stream__in=streams)
        .order_by()
        .values("stream")
        .annotate(
            called=Count("pk", filter=told & Q(reserve_rank__isnull=False)),
            unanswered=Count("pk", filter=Q(state=OfferState.RELEASED)),
            moved=Max("released_at", filter=told & Q(reserve_rank__isnull=False)),
            ends=Max("expires_at", filter=Q(state=OfferState.RELEASED)),
        )
    }
    due = milestone(cohort, MilestoneKind.ANSWERS_DUE)
    return [_reserve(stream, waiting, counts.get(stream.pk, {}), due) for stream in streams]


def _reserve(stream: Stream, waiting: Sequence[list[str]], counts: dict[str, Any], due: datetime | None) -> Reserve:
    return Reserve(
        stream,
        sum(stream.code in streams for streams in waiting),
        counts.get("called", 0),
        counts.get("unanswered", 0),
        counts.get("moved"),
        counts.get("ends") or due,
    )


def _waiting(cohort: Cohort) -> list[list[str]]:
    """For everybody who still waits on the reserve, the codes of their streams."""
    offered = Offer.objects.in_cohort(cohort).filter(released_at__isnull=False)
    closed = Decision.objects.told().filter(release__cohort=cohort, kind=DecisionKind.REJECTION)
    still = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=closed.values("application"))
    still = still.exclude(pk__in=offered.values("application"))
    told = Decision.objects.told().filter(kind=DecisionKind.RESERVE, application__in=still)
    return list(told.values_list("streams", flat=True))
