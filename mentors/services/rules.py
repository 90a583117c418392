"""Lay down what holds in the matching: shared seats, minimum seats, pairs fixed by decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.services import record
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_text
from mentors.errors import NoRoomForPair, NotWaitingForStream, ReasonMissing
from mentors.market import Impossible, changed, matching_of
from mentors.models import FixedPair, SharedSeats, StreamRule
from mentors.selectors.market import market_of
from mentors.selectors.offers import digest
from mentors.services.seats import lock_cohort


class SharesAlready(Refusal):
    """One of these streams shares seats with others already. End that first, or leave the stream out."""


class TooFewStreams(Refusal):
    """Seats are shared by two streams or more. Choose at least two."""


class PoolNameTaken(Refusal):
    """There are shared seats of this name in the cohort already. Choose another name."""


class PairFixedAlready(Refusal):
    """This applicant is fixed with a stream already. End that first."""


class PreviewChanged(Refusal):
    """Something changed since this preview was made. This is the new one: read it, then decide."""


class PairEnded(Refusal):
    """This fixed pair has ended already. Load the page again."""


@transaction.atomic
def share_seats(*, cohort: Cohort, name: str, seats: int, streams: Collection[str], by: Any) -> SharedSeats:
    """Let streams, by code, take at most `seats` scholars together.

    Raises `TooFewStreams`, `SharesAlready` and `PoolNameTaken`.
    """
    lock_cohort(cohort)
    chosen = list(Stream.objects.filter(cohort=cohort, code__in=streams).order_by("code"))
    if len(chosen) < 2:
        raise TooFewStreams
    if StreamRule.objects.filter(stream__in=chosen, shared__isnull=False).exists():
        raise SharesAlready
    name = clean_text(name).strip()[:100]
    if SharedSeats.objects.filter(cohort=cohort, name=name).exists():
        raise PoolNameTaken
    shared = SharedSeats.objects.create(cohort=cohort, name=name, seats=seats)
    for stream in chosen:
        StreamRule.objects.update_or_create(stream=stream, defaults={"shared": shared})
    facts = {"name": name, "seats": seats, "streams": [stream.code for stream in chosen]}
    record(by=by, verb="share seats", subject=shared, cohort=cohort, facts=facts)
    return shared


@transaction.atomic
def stop_sharing_seats(*, shared: SharedSeats, by: Any) -> None:
    """Let each stream have its own seats again."""
    lock_cohort(shared.cohort)
    facts = {"name": shared.name, "seats": shared.seats}
    record(by=by, verb="stop sharing seats", subject=shared, cohort=shared.cohort, facts=facts)
    shared.delete()


@transaction.atomic
def set_minimum_seats(*, cohort: Cohort, minimums: Mapping[str, int], by: Any) -> None:
    """Keep how many scholars each stream, by code, needs to run; 0: any number will do. Reported, never enforced."""
    lock_cohort(cohort)
    before = dict(StreamRule.objects.filter(stream__cohort=cohort).values_list("stream__code", "minimum"))
    for stream in Stream.objects.filter(cohort=cohort, code__in=minimums).order_by("code"):
        minimum = minimums[stream.code]
        if before.get(stream.code, 0) != minimum:
            StreamRule.objects.update_or_create(stream=stream, defaults={"minimum": minimum})
            record(by=by, verb="set minimum seats", subject=stream, cohort=cohort, facts={"minimum": minimum})


@transaction.atomic
def fix_pair(*, application: Application, stream: Stream, reason: str, expected: str, by: Any) -> FixedPair:
    """Put an applicant with a stream by decision, as previewed.

    expected: the digest of the inputs that the preview was made of. Raises `PreviewChanged`,
    and what `decide_pair` raises.
    """
    cohort = lock_cohort(stream.cohort)
    if digest(market_of(cohort).inputs()) != expected:
        raise PreviewChanged
    return decide_pair(application=application, stream=stream, reason=reason, by=by)


@transaction.atomic
def decide_pair(*, application: Application, stream: Stream, reason: str, by: Any) -> FixedPair:
    """Fix the pair, and keep with it how many pairs it makes blocking.

    Raises `ReasonMissing`, `PairFixedAlready`, `NotWaitingForStream` and `NoRoomForPair`.
    """
    cohort = lock_cohort(stream.cohort)
    reason = clean_text(reason).strip()[:1000]
    if not reason:
        raise ReasonMissing
    if FixedPair.objects.filter(application=application, ended_at=None).exists():
        raise PairFixedAlready
    change = {"kind": "fixed", "application": application.code, "stream": stream.code}
    market = market_of(cohort)
    try:
        before = len(matching_of(market.inputs()).blocking_pairs())
        after = len(matching_of(changed(market, [change]).inputs()).blocking_pairs())
    except Impossible as error:
        raise NotWaitingForStream from error
    except ValueError as error:
        raise NoRoomForPair from error
    pair = FixedPair.objects.create(
        application=application, stream=stream, reason=reason, blocking=max(after - before, 0), fixed_by=by
    )
    facts = {"application": application.code, "stream": stream.code, "blocking": pair.blocking}
    record(by=by, verb="fix pair", subject=pair, cohort=cohort, facts=facts)
    return pair


@transaction.atomic
def end_fixed_pair(*, pair: FixedPair, by: Any) -> None:
    """Let the lists decide again. Raises `PairEnded`."""
    lock_cohort(pair.stream.cohort)
    if FixedPair.objects.filter(pk=pair.pk, ended_at=None).update(ended_at=Now(), ended_by=by) != 1:
        raise PairEnded
    facts = {"application": pair.application.code, "stream": pair.stream.code}
    record(by=by, verb="end fixed pair", subject=pair, cohort=pair.stream.cohort, facts=facts)
