"""What holds in the matching, and what a decision against it would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mentors.errors import NoRoomForPair, NotWaitingForStream
from mentors.market import Impossible, changed, matching_of
from mentors.models import FixedPair, SharedSeats, StreamRule
from mentors.selectors.comparing import Mover, moved
from mentors.selectors.market import market_of
from mentors.selectors.offers import digest
from mentors.selectors.reviewing import conflicted_applications
from mentors.selectors.rounds import applications_by_code


def shared_seats_of(cohort: Cohort) -> QuerySet[SharedSeats]:
    """The seats that streams share, with the streams."""
    return SharedSeats.objects.filter(cohort=cohort).prefetch_related("rules__stream")


def minimums_of(cohort: Cohort) -> dict[str, int]:
    """How many scholars each stream needs, by its code."""
    return dict(StreamRule.objects.filter(stream__cohort=cohort).values_list("stream__code", "minimum"))


def fixed_pairs_of(cohort: Cohort, person: Any) -> QuerySet[FixedPair]:
    """Every pair decided by hand that the person may see, those that hold first, then the newest."""
    pairs = FixedPair.objects.filter(stream__cohort=cohort).exclude(application__in=conflicted_applications(person))
    related = pairs.select_related("application__person", "application__cohort", "stream", "fixed_by", "ended_by")
    return related.order_by("-ended_at", "-fixed_at").defer("application__search")


@dataclass(frozen=True, slots=True)
class Preview:
    """What fixing one pair would do. digest: of the inputs it was made of; hidden: of those the reader has ties with.

    blocking: applicants with the streams that would rather have them, and they it, because of the decision.
    """

    digest: str
    movers: list[Mover]
    blocking: list[tuple[Application, Stream]]
    hidden: int


def preview_of(cohort: Cohort, application: Application, stream: Stream, person: Any) -> Preview:
    """Who would move, and which pairs would block. Raises `NotWaitingForStream` and `NoRoomForPair`."""
    market = market_of(cohort)
    change = {"kind": "fixed", "application": application.code, "stream": stream.code}
    try:
        before, after = (matching_of(one.inputs()) for one in (market, changed(market, [change])))
    except Impossible as error:
        raise NotWaitingForStream from error
    except ValueError as error:
        raise NoRoomForPair from error
    streams = {one.code: one for one in Stream.objects.filter(cohort=cohort)}
    known, moving = set(before.blocking_pairs()), moved(before, after)
    new = [pair for pair in after.blocking_pairs() if pair not in known]
    applications = applications_by_code(cohort.pk, {*moving, *(code for code, _ in new)}, person)
    movers = [
        Mover(applications[code], [streams.get(one.pairs.get(code, "")) for one in (before, after)])
        for code in sorted(moving)
        if code in applications
    ]
    movers.sort(key=lambda mover: mover.application.person.name)
    blocking = [(applications[code], streams[other]) for code, other in new if code in applications]
    hidden = len(moving - set(applications)) + len(new) - len(blocking)
    return Preview(digest(market.inputs()), movers, blocking, hidden)
