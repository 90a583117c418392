"""What is true now, read for the matching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from applications.models import Application, Preference
from mats_portal.cohorts.models import Cohort, Stream
from mentors.market import Market, Placed
from mentors.models import FixedPair, Offer, Ranking, StreamRule
from mentors.selectors.offers import PREPARED_BY_ROUND
from mentors.states import LIVE, OfferState


def selection_inputs(cohort: Cohort) -> dict[str, Any]:
    """Everything that the matching is run on, by public codes, in one fixed order."""
    return market_of(cohort).inputs()


def market_of(cohort: Cohort) -> Market:
    """The whole market, in five statements.

    Applicants with an accepted offer, one that waits for an answer, or one prepared by hand
    are settled: they are left out, and their seats are not free. What a round has
    prepared changes nothing. A fixed pair counts while its applicant waits for its stream.
    """
    live = Offer.objects.live().filter(stream__cohort=cohort).exclude(PREPARED_BY_ROUND)
    offered = Counter(live.values_list("stream_id", flat=True))
    streams = list(_streams(cohort))
    held = Counter({stream.code: stream.taken + offered[stream.pk] for stream in streams})
    settled = Offer.objects.filter(Q(state__in=LIVE) | Q(state=OfferState.ACCEPTED), stream__cohort=cohort)
    settled = settled.exclude(PREPARED_BY_ROUND)
    waiting = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=settled.values("application"))
    preferences: dict[str, list[str]] = {}
    chosen = Preference.objects.filter(application__in=waiting).order_by("application__code", "rank")
    for application, stream in chosen.values_list("application__code", "stream__code"):
        preferences.setdefault(application, []).append(stream)
    fixed = FixedPair.objects.filter(ended_at=None, stream__cohort=cohort)
    pairs = dict(fixed.values_list("application__code", "stream__code"))
    return Market(
        preferences=preferences,
        orders=_orders(cohort, {stream.code: [] for stream in streams}, set(preferences)),
        seats={stream.code: max(stream.seats - held[stream.code], 0) for stream in streams},
        cohort_seats=max(cohort.seats - held.total(), 0),
        held=held,
        cohort_held=held.total(),
        pools=_pools(streams, held),
        fixed={code: stream for code, stream in pairs.items() if stream in preferences.get(code, ())},
        minimum={stream.code: stream.minimum for stream in streams if stream.minimum},
        seed=next((stream.seed or "" for stream in streams), ""),
    )


class _Stream(NamedTuple):
    """What the matching has to know of a stream; the seed is its cohort's."""

    pk: int
    code: str
    seats: int
    taken: int
    minimum: int | None
    pool: str | None
    pool_seats: int | None
    seed: str | None


def _streams(cohort: Cohort) -> Iterator[_Stream]:
    rows = Stream.objects.filter(cohort=cohort).order_by("name", "pk")
    of_rule = ("rule__minimum", "rule__shared__code", "rule__shared__seats")
    return (
        _Stream(*row) for row in rows.values_list("pk", "code", "seats", "seats_taken", *of_rule, "cohort__draw__seed")
    )


def _orders(cohort: Cohort, orders: dict[str, list[Placed]], waiting: set[str]) -> dict[str, list[Placed]]:
    """Each stream's order of the applicants who wait; a tier is counted over all whom the stream ranked."""
    tiers: Counter[str] = Counter()
    rows = Ranking.objects.filter(stream__cohort=cohort).order_by("stream__name", "stream", "rank")
    for stream, applicant, acceptable, level in rows.values_list(
        "stream__code", "application__code", "is_acceptable", "is_level"
    ):
        tiers[stream] += not level
        if applicant in waiting:
            orders[stream].append(Placed(applicant, tiers[stream], acceptable))
    return orders


def _pools(streams: Sequence[_Stream], held: Counter[str]) -> list[dict[str, Any]]:
    """The streams that share seats, with how many of these are free."""
    pools: dict[str, dict[str, Any]] = {}
    for stream in sorted(streams, key=lambda stream: stream.code):
        if stream.pool is not None:
            pool = pools.setdefault(stream.pool, {"code": stream.pool, "streams": [], "seats": stream.pool_seats})
            pool["streams"].append(stream.code)
            pool["seats"] = max(pool["seats"] - held[stream.code], 0)
    return sorted(pools.values(), key=lambda pool: str(pool["code"]))


def shared_room(cohort: Cohort) -> dict[int, int]:
    """For each stream that shares seats, by key: how many of the shared seats are neither taken nor held."""
    rules = StreamRule.objects.filter(stream__cohort=cohort, shared__isnull=False)
    rows = list(rules.values_list("stream_id", "stream__seats_taken", "shared_id", "shared__seats"))
    live = Counter(Offer.objects.live().filter(stream__cohort=cohort).values_list("stream_id", flat=True))
    used: Counter[int] = Counter()
    for stream, taken, pool, _ in rows:
        used[pool] += taken + live[stream]
    return {stream: max(seats - used[pool], 0) for stream, _, pool, seats in rows}
