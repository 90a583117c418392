"""Run the matching, keep what it found, and prepare its offers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.services import record
from mats_portal.web.codes import new_token
from mats_portal.web.errors import Refusal
from mentors.errors import MentorNotCommitted, NoOffersInRound, NothingToMatch, RoundNotPrepared, RoundStale
from mentors.market import matching_of
from mentors.models import Draw, Offer, SelectionRound
from mentors.selectors import selection_inputs
from mentors.selectors.committing import uncommitted_among
from mentors.selectors.offers import digest
from mentors.selectors.rounds import algorithm, result_of
from mentors.services.seats import lock_cohort, lock_streams
from mentors.states import OfferState, RoundState


class FixedBeyondSeats(Refusal):
    """More applicants are fixed than there are free seats. End a fixed pair or give the stream more seats, then run."""


@transaction.atomic
def run_matching(*, cohort: Cohort, by: Any) -> SelectionRound:
    """Run the matching on what is true now and save the round. Nothing is offered yet, and nobody is told.

    The seed of the draw is drawn with the first run and never again.
    Raises `NothingToMatch` while no stream would take anybody who chose it, and `FixedBeyondSeats`.
    """
    cohort = lock_cohort(cohort)
    Draw.objects.get_or_create(cohort=cohort, defaults={"seed": new_token()})
    inputs = selection_inputs(cohort)
    return keep_round(cohort=cohort, inputs=inputs, result=result_of_run(inputs), by=by)


def result_of_run(inputs: dict[str, Any]) -> dict[str, Any]:
    """Run the matching. Raises `NothingToMatch` and `FixedBeyondSeats`."""
    if not any(inputs["rankings"].values()) and not inputs["fixed"]:
        raise NothingToMatch
    try:
        return result_of(matching_of(inputs))
    except ValueError as error:
        raise FixedBeyondSeats from error


def keep_round(*, cohort: Cohort, inputs: dict[str, Any], result: dict[str, Any], by: Any) -> SelectionRound:
    """Save what was run as the cohort's next round, under the cohort's lock."""
    last = SelectionRound.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0
    made = SelectionRound.objects.create(
        cohort=cohort,
        number=last + 1,
        inputs=inputs,
        inputs_hash=digest(inputs),
        result=result,
        result_hash=digest(result),
        algorithm=algorithm(),
        made_by=by,
    )
    facts = {"inputs": made.inputs_hash[:16], "pairs": len(result["pairs"])}
    record(by=by, verb="run matching", subject=made, cohort=cohort, facts=facts)
    return made


@transaction.atomic
def prepare_offers(*, made: SelectionRound, by: Any) -> int:
    """Turn the round's pairs into prepared offers, which nobody but staff can see. Returns how many.

    A round prepared before is set aside. Raises `RoundNotPrepared` when this one was
    prepared, released or set aside already, `RoundStale`, `NoOffersInRound` and `MentorNotCommitted`.
    """
    cohort = lock_cohort(made.cohort)
    lock_streams(cohort)
    before = SelectionRound.objects.filter(cohort=cohort, state=RoundState.PREPARED).exclude(pk=made.pk).first()
    if before is not None:
        set_round_aside(made=before, by=by)
    if SelectionRound.objects.filter(pk=made.pk, state=RoundState.MADE).update(state=RoundState.PREPARED) != 1:
        raise RoundNotPrepared
    if digest(selection_inputs(cohort)) != made.inputs_hash:
        raise RoundStale
    pairs = made.result["pairs"]
    if not pairs:
        raise NoOffersInRound
    if waiting := uncommitted_among(cohort, pairs.values()):
        raise MentorNotCommitted(waiting)
    applications = dict(Application.objects.filter(cohort=cohort, code__in=pairs).values_list("code", "pk"))
    streams = dict(Stream.objects.filter(cohort=cohort).values_list("code", "pk"))
    Offer.objects.bulk_create(
        Offer(application_id=applications[application], stream_id=streams[stream], round=made)
        for application, stream in sorted(pairs.items())
    )
    made.refresh_from_db()
    record(by=by, verb="prepare offers", subject=made, cohort=cohort, facts={"offers": len(pairs)})
    return len(pairs)


@transaction.atomic
def set_round_aside(*, made: SelectionRound, by: Any) -> None:
    """Drop a round's prepared offers; nobody outside staff knew of them. The round itself is kept.

    Raises `RoundNotPrepared`.
    """
    lock_cohort(made.cohort)
    prepared = SelectionRound.objects.filter(pk=made.pk, state=RoundState.PREPARED)
    if prepared.update(state=RoundState.REPLACED) != 1:
        raise RoundNotPrepared
    Offer.objects.pending().filter(round=made).update(state=OfferState.WITHDRAWN, reason="The round was set aside.")
    made.refresh_from_db()
    record(by=by, verb="set round aside", subject=made, cohort=made.cohort)
