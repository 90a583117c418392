"""Each stream's own applicants, in its own order; and who is wanted by two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from applications.models import Application, Preference
from applications.selectors import with_names
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.selectors import open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer, Ranking, Shortlist
from mentors.selectors.reviewing import conflicted_applications
from mentors.selectors.scores import ScoreSummary, score_summaries, sealed_to


def streams_ranked_by(person: Any) -> QuerySet[Stream]:
    """The streams whose ranking the person may see: mentors their own, staff those of their cohorts."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    own = Q(pk__in=streams_led_by(person)) | Q(cohort__in=run)
    return Stream.objects.filter(own).select_related("cohort", "track", "shortlist__saved_by")


def applicants_of(stream: Stream) -> QuerySet[Application]:
    """The submitted applications that name the stream."""
    return Application.objects.submitted().filter(preferences__stream=stream)


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One applicant of a stream as its mentors see them. Other streams' names are not in it.

    is_sealed: the reader has neither scored them nor said that they will not, so no scores are shown.
    """

    application: Any  # With `shown_name` and `is_nameless`.
    rank: int | None
    is_acceptable: bool
    is_level: bool
    scores: ScoreSummary | None
    is_sealed: bool
    is_wanted_elsewhere: bool


class Standing(NamedTuple):
    """Where one applicant of a stream stands: as light as it can be, because a stream may have a thousand."""

    code: str
    name: str
    rank: int | None
    is_acceptable: bool


def _placed(stream: Stream, person: Any) -> QuerySet[Any, Any]:
    """The stream's applicants that the person may see, with `place` and `above`: ranked ones first, others by name."""
    own = Ranking.objects.filter(stream=stream, application=OuterRef("pk"))
    applicants = applicants_of(stream).exclude(pk__in=conflicted_applications(person)).exclude(person_id=person.pk)
    placed = with_names(applicants, person).annotate(
        place=Subquery(own.values("rank")[:1]),
        above=Coalesce(Subquery(own.values("is_acceptable")[:1]), False),
        level=Coalesce(Subquery(own.values("is_level")[:1]), False),
    )
    ordered: QuerySet[Any, Any] = placed.order_by(F("place").asc(nulls_last=True), "shown_name", "pk")
    return ordered


def standings(stream: Stream, person: Any) -> list[Standing]:
    """All applicants of the stream that the person may see: ranked ones in order, then the others by name."""
    return [Standing(*row) for row in _placed(stream, person).values_list("code", "shown_name", "place", "above")]


def ranking_rows(stream: Stream, person: Any, codes: Collection[str] | None = None) -> list[RankingRow]:
    """The stream's applicants (or those with these codes) in the order of `standings`. In three statements."""
    placed = _placed(stream, person)
    if codes is not None:
        placed = placed.filter(code__in=codes)
    summaries = score_summaries(person, placed.order_by())
    sealed = ExpressionWrapper(sealed_to(person), BooleanField())
    shown = placed.annotate(wanted=Exists(_wanted_elsewhere(stream)), sealed=sealed).select_related("cohort")
    return [
        RankingRow(
            application=application,
            rank=application.place,
            is_acceptable=application.above,
            is_level=application.level,
            scores=summaries.get(application.pk),
            is_sealed=application.sealed,
            is_wanted_elsewhere=application.wanted,
        )
        for application in shown.defer("search")
    ]


def _wanted_elsewhere(stream: Stream) -> QuerySet[Ranking]:
    """Whether another stream would take the applicant, too; known only once both rankings are in."""
    own_is_in = Shortlist.objects.filter(stream=stream, finished_at__isnull=False)
    others = Ranking.objects.filter(
        is_acceptable=True, stream__cohort=stream.cohort_id, stream__shortlist__finished_at__isnull=False
    )
    return others.exclude(stream=stream).filter(Exists(own_is_in), application=OuterRef("pk"))


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


def streams_status(cohort: Cohort | None, streams: QuerySet[Stream] | None = None) -> list[StreamStatus]:
    """Every stream of the cohort (or the given ones) with its numbers, in one query."""
    chosen = Stream.objects.filter(cohort=cohort) if streams is None else streams
    submitted = {"application__state": ApplicationState.SUBMITTED}
    ranked = Ranking.objects.filter(**submitted)
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR)
    counted = chosen.select_related("track", "cohort", "shortlist__saved_by").annotate(
        applicants=_number(Preference.objects.filter(**submitted)),
        ranked=_number(ranked),
        acceptable=_number(ranked.filter(is_acceptable=True)),
        waiting=_number(Offer.objects.open()),
        prepared=_number(Offer.objects.pending()),
        mentors=_number(mentors),
    )
    return [
        StreamStatus(
            stream=stream,
            applicants=stream.applicants,
            ranked=stream.ranked,
            acceptable=stream.acceptable,
            shortlist=getattr(stream, "shortlist", None),
            waiting=stream.waiting,
            prepared=stream.prepared,
            mentors=stream.mentors,
        )
        for stream in counted
    ]


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to the stream of the outer query."""
    own = rows.filter(stream=OuterRef("pk")).order_by().values("stream").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(own), 0)


@dataclass(frozen=True, slots=True)
class Contest:
    """An applicant whom two streams or more would take, with their places and the applicant's own order."""

    application: Application
    claims: list[tuple[Ranking, int]]  # with the applicant's own rank of that stream


def between_streams(cohort: Cohort, person: Any) -> list[Contest]:
    """Who is wanted by two streams or more, most wanted first, in one query. For staff, before anything is sent."""
    wanted = Ranking.objects.filter(
        is_acceptable=True, stream__cohort=cohort, application__state=ApplicationState.SUBMITTED
    ).exclude(application__in=conflicted_applications(person))
    others = wanted.filter(application=OuterRef("application")).exclude(stream=OuterRef("stream"))
    own = Preference.objects.filter(application=OuterRef("application"), stream=OuterRef("stream"))
    rows = (
        wanted.filter(Exists(others))
        .annotate(choice=Subquery(own.values("rank")[:1]))
        .exclude(choice=None)
        .select_related("stream", "application__person", "application__cohort")
        .defer("application__search")
        .order_by("application__person__name", "application_id", "choice")
    )
    contests = [
        Contest(application, [(ranking, ranking.choice) for ranking in several])
        for application, several in ((key, list(group)) for key, group in groupby(rows, lambda row: row.application))
    ]
    return sorted(contests, key=lambda contest: -len(contest.claims))
