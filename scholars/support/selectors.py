"""Reads that come back ready to show: requests with names, the queue, who opened what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now, TruncMonth

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import members_of
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.selectors import holders_of, names_by_code
from mats_portal.people.states import Role
from scholars.support.figures import Asked
from scholars.support.models import BreakGlass, Opening, SupportNote, SupportRequest
from scholars.support.states import RequestState

UNKNOWN = "somebody who has left"


@dataclass(slots=True)
class Line:
    """A request beside the names of its people."""

    request: SupportRequest
    scholar: str
    taken_by: str


@dataclass(slots=True)
class Queue:
    """A cohort's requests as one support person needs them: oldest first, everywhere."""

    waiting: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    follow_ups: list[Line] = field(default_factory=list)
    mine: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)


def with_names(requests: Iterable[SupportRequest]) -> list[Line]:
    """Each request with the names of its scholar and of who has taken it."""
    found = list(requests)
    names = names_by_code({code for one in found for code in (one.scholar_code, one.taken_by_code) if code})
    names[""] = ""
    return [Line(one, names.get(one.scholar_code, UNKNOWN), names.get(one.taken_by_code, UNKNOWN)) for one in found]


def queue_of(person: Any, slug: str, *, today: date, day_ends: datetime) -> Queue:
    """The open requests of a cohort, sorted for this person; `today` is the person's own day and `day_ends` its end."""
    queue = Queue()
    for line in with_names(SupportRequest.objects.open().filter(cohort_slug=slug).order_by("asked_at", "id")):
        one = line.request
        if not one.taken_by_code:
            queue.waiting.append(line)
        elif one.taken_by_code != person.code:
            queue.others.append(line)
        elif one.meet_at is not None and one.meet_at < day_ends:
            queue.today.append(line)
        elif one.follow_up_on is not None and one.follow_up_on <= today:
            queue.follow_ups.append(line)
        else:
            queue.mine.append(line)
    queue.today.sort(key=lambda line: line.request.meet_at or day_ends)
    return queue


@dataclass(slots=True)
class Waiting:
    """A cohort, how many of its requests nobody has taken, and when the oldest of them was written."""

    cohort: Cohort
    count: int
    oldest: datetime | None


def waiting_in(cohorts: list[Cohort]) -> list[Waiting]:
    """What waits in each of the cohorts, in their order."""
    asked: dict[str, list[datetime]] = {cohort.slug: [] for cohort in cohorts}
    waiting = SupportRequest.objects.open().filter(cohort_slug__in=list(asked), taken_by_code="")
    for slug, at in waiting.order_by("asked_at").values_list("cohort_slug", "asked_at"):
        asked[slug].append(at)
    return [Waiting(cohort, len(asked[cohort.slug]), min(asked[cohort.slug], default=None)) for cohort in cohorts]


@dataclass(slots=True)
class Written:
    """A note with its author's name."""

    note: SupportNote
    author: str


def notes_of(request: SupportRequest) -> list[Written]:
    """The notes of a request, oldest first, with their authors' names."""
    notes = list(request.notes.all())
    names = names_by_code({note.author_code for note in notes})
    return [Written(note, names.get(note.author_code, UNKNOWN)) for note in notes]


@dataclass(slots=True)
class Reading:
    """That somebody opened a scholar's request, and by which way."""

    opening: Opening
    reader: str


def openings_about(code: str) -> list[Reading]:
    """Who opened the requests and notes of this scholar, newest first."""
    rows = list(Opening.objects.filter(request__scholar_code=code).select_related("request", "glass")[:200])
    names = names_by_code({row.reader_code for row in rows})
    return [Reading(row, names.get(row.reader_code, UNKNOWN)) for row in rows]


@dataclass(slots=True)
class NamedGlass:
    """A broken glass with the names of its three people."""

    glass: BreakGlass
    scholar: str
    asked_by: str
    second: str


def glasses_with_names(glasses: QuerySet[BreakGlass]) -> list[NamedGlass]:
    """Each with the names of its people."""
    rows = list(glasses[:200])
    names = names_by_code({code for row in rows for code in (row.scholar_code, row.asked_by_code, row.second_code)})
    return [
        NamedGlass(row, *(names.get(code, UNKNOWN) for code in (row.scholar_code, row.asked_by_code, row.second_code)))
        for row in rows
    ]


def support_people(cohort: Cohort) -> list[Any]:
    """The support people of a cohort now, by name."""
    return list(members_of(cohort, CohortRole.SUPPORT))


def scholars_with_requests(slug: str) -> dict[str, str]:
    """Code and name of each scholar who asked support in this cohort."""
    codes = SupportRequest.objects.filter(cohort_slug=slug).values_list("scholar_code", flat=True).distinct()
    return names_by_code(set(codes.order_by()))


def possible_seconds(person: Any, cohort: Cohort) -> dict[str, str]:
    """Code and name of those who may be the second person: the cohort's support and staff, and coordinators."""
    found = [*members_of(cohort, CohortRole.SUPPORT, CohortRole.STAFF), *holders_of(Role.COORDINATOR)]
    return {one.code: str(one) for one in sorted(found, key=str) if one.code != person.code}


def asked_in_finished_months(slug: str) -> list[Asked]:
    """What the figure needs of each request of a cohort. The running month stays out: no cell is seen to grow."""
    this_month = TruncMonth(Now(), tzinfo=UTC)
    requests = SupportRequest.objects.filter(cohort_slug=slug).exclude(state=RequestState.WITHDRAWN)
    rows = requests.annotate(month=TruncMonth("asked_at", tzinfo=UTC)).filter(month__lt=this_month).order_by()
    return [Asked(month.date(), kind, hours) for month, kind, hours in rows.values_list("month", "kind", "hours_saved")]
