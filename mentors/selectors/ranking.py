"""Each stream's own applicants, in its own order; and who is wanted by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from applications.models import Application, Preference
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer, Ranking, Shortlist
from mentors.selectors.reviewing import ScoreSummary, conflicted_applications, score_summaries
from mentors.states import OfferState


def streams_ranked_by(person: Any) -> QuerySet[Stream]:
    """The streams whose ranking the person may see: mentors their own, staff those of their cohorts."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    own = Q(pk__in=streams_led_by(person)) | Q(cohort__in=run)
    return Stream.objects.filter(own).select_related("cohort", "track")


def applicants_of(stream: Stream) -> QuerySet[Application]:
    """The submitted applications that name the stream."""
    return Application.objects.submitted().filter(preferences__stream=stream)


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One applicant of a stream as its mentors see them. Other streams' names are not in it."""

    application: Application
    rank: int | None
    is_acceptable: bool
    scores: ScoreSummary | None
    is_wanted_elsewhere: bool


def ranking_rows(stream: Stream, person: Any) -> list[RankingRow]:
    """The stream's applicants: ranked ones in order, then the others by name. In seven queries at most."""
    applicants = applicants_of(stream).exclude(pk__in=conflicted_applications(person)).exclude(person_id=person.pk)
    places = dict(_places(stream))
    summaries = score_summaries(person, applicants)
    wanted = wanted_elsewhere(stream)
    rows = [
        RankingRow(
            application=application,
            rank=places.get(application.pk, (None, False))[0],
            is_acceptable=places.get(application.pk, (None, False))[1],
            scores=summaries.get(application.pk),
            is_wanted_elsewhere=application.pk in wanted,
        )
        for application in applicants.select_related("person", "cohort").order_by("person__name", "pk")
    ]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _places(stream: Stream) -> Iterable[tuple[int, tuple[int, bool]]]:
    rows = Ranking.objects.filter(stream=stream).values_list("application_id", "rank", "is_acceptable")
    return ((application, (rank, acceptable)) for application, rank, acceptable in rows)


def wanted_elsewhere(stream: Stream) -> set[int]:
    """The applications that another stream would take, too; known only once both rankings are in."""
    if not Shortlist.objects.filter(stream=stream, finished_at__isnull=False).exists():
        return set()
    others = Ranking.objects.filter(
        is_acceptable=True, stream__cohort=stream.cohort_id, stream__shortlist__finished_at__isnull=False
    )
    own = Preference.objects.filter(stream=stream).values("application")
    found = others.exclude(stream=stream).filter(application__in=own)
    return set(found.values_list("application_id", flat=True))


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """How far one stream is, for staff."""

    stream: Stream
    applicants: int
    ranked: int
    acceptable: int
    shortlist: Shortlist | None
    waiting: int
    prepared: int
    mentors: int

    @property
    def is_in(self) -> bool:
        """Whether the mentors said that the ranking is in."""
        return self.shortlist is not None and self.shortlist.finished_at is not None

    @property
    def free(self) -> int:
        """Seats neither taken nor held by an offer."""
        return self.stream.seats - self.stream.seats_taken - self.waiting - self.prepared


def streams_status(cohort: Cohort, streams: Iterable[Stream] | None = None) -> list[StreamStatus]:
    """Every stream of the cohort (or the given ones) with its numbers, in five queries."""
    chosen = list(Stream.objects.filter(cohort=cohort).select_related("track") if streams is None else streams)
    preferences = Preference.objects.filter(stream__in=chosen, application__state=ApplicationState.SUBMITTED)
    applicants = Counter(preferences.values_list("stream_id", flat=True))
    ranked = _counts(Ranking.objects.filter(stream__in=chosen, application__state=ApplicationState.SUBMITTED))
    shortlists = {row.stream_id: row for row in Shortlist.objects.filter(stream__in=chosen).select_related("saved_by")}
    live = Offer.objects.live().filter(stream__in=chosen).order_by()
    offers = {(stream, state): n for stream, state, n in live.values_list("stream_id", "state").annotate(n=Count("pk"))}
    leads = Counter(
        Stream.objects.filter(pk__in=[stream.pk for stream in chosen], memberships__until=None)
        .filter(memberships__role=CohortRole.MENTOR)
        .values_list("pk", flat=True)
    )
    return [
        StreamStatus(
            stream=stream,
            applicants=applicants[stream.pk],
            ranked=ranked.get(stream.pk, (0, 0))[0],
            acceptable=ranked.get(stream.pk, (0, 0))[1],
            shortlist=shortlists.get(stream.pk),
            waiting=offers.get((stream.pk, OfferState.RELEASED), 0),
            prepared=offers.get((stream.pk, OfferState.PENDING), 0),
            mentors=leads[stream.pk],
        )
        for stream in chosen
    ]


def _counts(rankings: QuerySet[Ranking]) -> dict[int, tuple[int, int]]:
    rows = (
        rankings.order_by()
        .values_list("stream_id")
        .annotate(n=Count("pk"), above=Count("pk", filter=Q(is_acceptable=True)))
    )
    return {stream: (n, above) for stream, n, above in rows}


@dataclass(frozen=True, slots=True)
class Contest:
    """An applicant whom two streams or more would take, with their places and the applicant's own order."""

    application: Application
    claims: list[tuple[Ranking, int]]  # with the applicant's own rank of that stream


def between_streams(cohort: Cohort, person: Any) -> list[Contest]:
    """Who is wanted by two streams or more, most wanted first. For staff, before anything is sent."""
    standing = Q(rankings__is_acceptable=True, rankings__stream__cohort=cohort)
    wanted = (
        Application.objects.submitted()
        .in_cohort(cohort)
        .exclude(pk__in=conflicted_applications(person))
        .annotate(claims=Count("rankings", filter=standing, distinct=True))
        .filter(claims__gte=2)
        .select_related("person", "cohort")
        .prefetch_related(
            Prefetch("rankings", Ranking.objects.filter(is_acceptable=True).select_related("stream")),
            Prefetch("preferences", Preference.objects.order_by("rank")),
        )
        .order_by("-claims", "person__name", "pk")
    )
    return [_contest(application) for application in wanted]


def _contest(application: Application) -> Contest:
    ranks = {preference.stream_id: preference.rank for preference in application.preferences.all()}
    claims = [
        (ranking, ranks[ranking.stream_id]) for ranking in application.rankings.all() if ranking.stream_id in ranks
    ]
    return Contest(application, sorted(claims, key=lambda claim: claim[1]))
