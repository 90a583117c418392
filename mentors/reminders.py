"""Who is reminded before reviews and rankings are due: only those whose own are not in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.outbox.kinds import Due, ReminderKind
from mats_portal.people.models import Person
from mats_portal.web.links import absolute
from mentors.letters import RANKING_MISSING, REVIEWS_LEFT
from mentors.models import Assignment

BEFORE: Mapping[str, timedelta] = {"T-4d": timedelta(days=4), "T-1d": timedelta(days=1)}


def occasion(at: datetime, now: datetime) -> str:
    """Which reminder is due: the nearest whose time has come, "" for none. Nothing once the date has passed."""
    if at <= now:
        return ""
    come = [name for name, length in BEFORE.items() if at - length <= now]
    return min(come, key=lambda name: BEFORE[name], default="")


def reviews_due(now: datetime) -> Iterator[Due]:
    """Reviewers with reviews that are not in, near the date on which they are due for them."""
    rows = list(_unfinished().filter(closes__gt=now, closes__lte=now + max(BEFORE.values())))
    people = Person.objects.in_bulk([row["reviewer"] for row in rows])
    cohorts = Cohort.objects.in_bulk([row["application__cohort"] for row in rows])
    for row in rows:
        at, person, cohort = row["closes"], people[row["reviewer"]], cohorts[row["application__cohort"]]
        if name := occasion(at, now):
            yield Due(
                person=person,
                key=f"reviews:{cohort.slug}:{person.code}:{at:%Y%m%d%H%M}:{name}",
                facts={
                    "cohort": cohort.name,
                    "left": row["asked"] - row["done"],
                    "total": row["asked"],
                    "due": describe(at, cohort.zone),
                    "url": absolute(reverse("mentors:review", args=[cohort.slug])),
                },
                cohort=cohort,
                about=f"cohorts.cohort:{cohort.slug}",
            )


def _unfinished() -> Any:
    """Reviewers with something left, one row for each cohort, with their own deadline."""
    closes = EffectiveDeadline("application__cohort_id", MilestoneKind.REVIEWS_DUE, "reviewer_id")
    finished = Q(assessment__sheet__finished_at__isnull=False)
    return (
        Assignment.objects.standing()
        .order_by("reviewer", "application__cohort")
        .annotate(closes=closes)
        .values("reviewer", "application__cohort", "closes")
        .annotate(asked=Count("pk"), done=Count("pk", filter=finished))
        .filter(asked__gt=F("done"))
    )


def _unranked() -> QuerySet[Stream]:
    chosen = Count("preferences", filter=Q(preferences__application__state="submitted"))
    waiting = Stream.objects.filter(Q(shortlist=None) | Q(shortlist__finished_at=None))
    return waiting.annotate(applicants=chosen).filter(applicants__gt=0).select_related("cohort")


def rankings_due(now: datetime) -> Iterator[Due]:
    """Mentors of streams with applicants whose ranking is not in, near the date on which it is due."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR)
    closes = EffectiveDeadline(F("cohort_id"), MilestoneKind.RANKINGS_DUE, F("person_id"))
    streams: dict[int, Any] = {stream.pk: stream for stream in _unranked()}
    near = mentors.filter(stream__in=streams).annotate(closes=closes).filter(closes__gt=now).select_related("person")
    for membership in near.order_by("pk"):
        stream, at = streams[membership.stream_id or 0], membership.closes
        if name := occasion(at, now):
            path = reverse("mentors:ranking", args=[stream.cohort.slug, stream.code])
            yield Due(
                person=membership.person,
                key=f"ranking:{stream.code}:{membership.person.code}:{at:%Y%m%d%H%M}:{name}",
                facts={
                    "cohort": stream.cohort.name,
                    "stream": stream.name,
                    "applicants": stream.applicants,
                    "due": describe(at, stream.cohort.zone),
                    "url": absolute(path),
                },
                cohort=stream.cohort,
                about=f"cohorts.stream:{stream.code}",
            )


REVIEWS = ReminderKind(name="reviews left", letter=REVIEWS_LEFT, due=reviews_due)
RANKINGS = ReminderKind(name="ranking missing", letter=RANKING_MISSING, due=rankings_due)
