"""Put a stream's applicants in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
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
    *, stream: Stream, ordered: Sequence[str], would_take: int, expected_revision: int, by: Any
) -> Shortlist:
    """Save the order of a stream's applicants.

    ordered: application codes, best first, as far as `by` may see them; the first
    `would_take` are above the bar. Applicants whom `by` must not see keep their places.
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
    places = [(keys[code], number < would_take) for number, code in enumerate(ordered)]
    kept = Ranking.objects.filter(stream=stream, application__in=hidden).order_by("rank")
    for application, rank, acceptable in kept.values_list("application_id", "rank", "is_acceptable"):
        places.insert(min(rank - 1, len(places)), (application, acceptable))
    Ranking.objects.filter(stream=stream).delete()
    Ranking.objects.bulk_create(
        Ranking(stream=stream, application_id=application, rank=rank, is_acceptable=acceptable)
        for rank, (application, acceptable) in enumerate(places, 1)
    )
    Shortlist.objects.filter(pk=shortlist.pk).update(revision=shortlist.revision + 1, saved_at=Now(), saved_by=by)
    record(
        by=by,
        verb="rank applicants",
        subject=stream,
        cohort=stream.cohort,
        facts={"ranked": len(places), "would_take": sum(acceptable for _, acceptable in places)},
    )
    shortlist.refresh_from_db()
    return shortlist


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
