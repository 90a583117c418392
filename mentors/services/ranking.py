"""Put a stream's applicants in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from mats_portal.cohorts.models import Stream
from mats_portal.journal.services import record
from mentors.errors import MentorNotCommitted, NamedTwice, NobodyRanked, NotAnApplicantOfStream, StaleRanking
from mentors.models import Ranking, Shortlist
from mentors.selectors import conflicted_applications
from mentors.selectors.committing import uncommitted_among
from mentors.selectors.ranking import applicants_of


@transaction.atomic
def rank_applications(
    *,
    stream: Stream,
    ordered: Sequence[str],
    would_take: int,
    expected_revision: int,
    by: Any,
    level: Collection[str] = (),
) -> Shortlist:
    """Save the order of a stream's applicants.

    ordered: application codes, best first, as far as `by` may see them; the first
    `would_take` are above the bar; level: those liked as much as the one before them.
    Nobody below the bar is level with somebody above it. Applicants whom `by` must not see keep their places.
    Raises `StaleRanking`, `NamedTwice` and `NotAnApplicantOfStream`.
    """
    Shortlist.objects.get_or_create(stream=stream)
    shortlist = Shortlist.objects.select_for_update(of=("self",)).select_related("saved_by").get(stream=stream)
    if shortlist.revision != expected_revision:
        raise StaleRanking(shortlist.revision, shortlist.saved_by)
    if len(set(ordered)) != len(ordered):
        raise NamedTwice
    applicants = applicants_of(stream).exclude(person_id=by.pk)
    hidden = set(applicants.filter(pk__in=conflicted_applications(by)).values_list("pk", flat=True))
    keys = dict(applicants.exclude(pk__in=hidden).values_list("code", "pk"))
    if any(code not in keys for code in ordered):
        raise NotAnApplicantOfStream
    places = [_Place(keys[code], number < would_take, code in level) for number, code in enumerate(ordered)]
    _save_places(stream, _with_hidden(places, stream, hidden))
    Shortlist.objects.filter(pk=shortlist.pk).update(revision=shortlist.revision + 1, saved_at=Now(), saved_by=by)
    record(
        by=by,
        verb="rank applicants",
        subject=stream,
        cohort=stream.cohort,
        facts=_counts(stream),
    )
    shortlist.refresh_from_db()
    return shortlist


class _Place(NamedTuple):
    """One applicant, by key, in the order."""

    application: int
    is_acceptable: bool
    is_level: bool


def _with_hidden(places: list[_Place], stream: Stream, hidden: set[int]) -> list[_Place]:
    """The order with those whom its writer must not see, at the places they had; within a tier they belong to it."""
    kept = Ranking.objects.filter(stream=stream, application__in=hidden).order_by("rank")
    for application, rank, acceptable, level in kept.values_list("application_id", "rank", "is_acceptable", "is_level"):
        at = min(rank - 1, len(places))
        is_within = at < len(places) and places[at].is_level
        places.insert(at, _Place(application, acceptable, level or is_within))
    return places


def _save_places(stream: Stream, places: list[_Place]) -> None:
    """Write the whole order anew. A tier ends at the bar, and the first of all is level with nobody."""
    Ranking.objects.filter(stream=stream).delete()
    before = [None, *places]
    Ranking.objects.bulk_create(
        Ranking(
            stream=stream,
            application_id=one.application,
            rank=rank,
            is_acceptable=one.is_acceptable,
            is_level=last is not None and one.is_level and one.is_acceptable == last.is_acceptable,
        )
        for rank, (one, last) in enumerate(zip(places, before, strict=False), 1)
    )


def _counts(stream: Stream) -> dict[str, int]:
    """How many are ranked, above the bar, and level with another, for the journal."""
    above, tied = Count("pk", filter=Q(is_acceptable=True)), Count("pk", filter=Q(is_level=True))
    return Ranking.objects.filter(stream=stream).aggregate(ranked=Count("pk"), would_take=above, level=tied)


@transaction.atomic
def finish_ranking(*, stream: Stream, by: Any) -> Shortlist:
    """Say that the ranking is in. It can still be changed; a matching that was run before is then out of date.

    Raises `NobodyRanked`, and `MentorNotCommitted` while those who were invited have not signed up.
    """
    Shortlist.objects.get_or_create(stream=stream)
    shortlist = Shortlist.objects.select_for_update().get(stream=stream)
    if not Ranking.objects.filter(stream=stream).exists():
        raise NobodyRanked
    if waiting := uncommitted_among(stream.cohort, [stream.code]):
        raise MentorNotCommitted(waiting)
    if shortlist.finished_at is None:
        Shortlist.objects.filter(pk=shortlist.pk).update(finished_at=Now())
        record(by=by, verb="finish ranking", subject=stream, cohort=stream.cohort)
        shortlist.refresh_from_db()
    return shortlist
