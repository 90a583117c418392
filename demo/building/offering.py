"""Run the matching, send its offers, and let people answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now

from demo.building.stage import Stage
from demo.moments import OPENING, Moment
from demo.people import ADA, INES, RUI
from demo.simulation.shapes import Selection, dice
from mats_portal.cohorts.states import MilestoneKind
from mentors.errors import NothingToRelease
from mentors.models import Offer, Release, SelectionRound
from mentors.models.releases import HOLD
from mentors.selectors.braking import WINDOW
from mentors.services import (
    carry_out_release,
    confirm_release,
    prepare_offers,
    prepare_release,
    run_matching,
    word_release,
)
from mentors.services.releasing import Wording
from mentors.states import DecisionKind, FeedbackGroup, ReasonTag
from scholars.services import accept_offer, decline_offer, lapse_offers

REASONS = ("", "I have taken a position elsewhere.", "The dates do not fit my exams.", "I go on with my own project.")
FEEDBACK: dict[str, Wording] = {
    FeedbackGroup.RESERVE: Wording(
        "A stream would have taken you, and every seat it had was accepted. Nothing in your application was missing.",
        (ReasonTag.SEATS,),
    ),
    FeedbackGroup.RANKED: Wording(
        "Streams ranked your application and chose others. Most often those had one finished piece of technical work "
        "that a mentor could look at, or a question thought through until it could be tested.",
        (ReasonTag.EVIDENCE, ReasonTag.SEATS),
    ),
    FeedbackGroup.READ: Wording(
        "Somebody read your application with care, and no stream put it on its list. Readers missed most often one "
        "point that was followed to its end: what exactly would go wrong, and how you would notice.",
        (ReasonTag.DEPTH, ReasonTag.FIT),
    ),
    FeedbackGroup.UNREAD: Wording(
        "We did not get to read your application in full before the seats were filled. That is our doing and no "
        "judgement of yours.",
        (ReasonTag.SEATS,),
    ),
}
ANSWERED_SHARE = 0.6  # of those who will accept or decline, while offers are out


def offer(stage: Stage) -> None:
    """Offers as the matching gives them, and the answers so far."""
    rui = stage.cast[RUI]
    prepare_offers(made=run_matching(cohort=stage.cohort, by=rui), by=rui)
    tell(stage, *DecisionKind)
    answering = in_order_of_answers(stage.recipe.seed, stage.selection)
    is_over = stage.has_come(Moment.COHORT_RUNNING)
    if not is_over:
        answering = [key for key in answering[: round(len(answering) * ANSWERED_SHARE)] if key != ADA.email]
    answer(stage, answering)
    if is_over:
        _lapse(stage)
        answer(stage, list(stage.selection.called.values()))
        tell(stage, close_reserve=True)
    _date_back(stage)


def tell(stage: Stage, *kinds: DecisionKind, close_reserve: bool = False) -> None:
    """Everybody is told, as two people agree on it: offers, places on the reserve, and rejections with feedback."""
    try:
        release = prepare_release(cohort=stage.cohort, kinds=kinds, close_reserve=close_reserve, by=stage.cast[RUI])
    except NothingToRelease:
        return
    words = release.words.filter(kind=DecisionKind.REJECTION)
    word_release(release=release, wordings={one: FEEDBACK[one.group] for one in words}, by=stage.cast[RUI])
    confirm_release(release=release, typed_count=release.decisions.count(), by=stage.cast[INES])
    Release.objects.filter(pk=release.pk).update(
        prepared_at=Now() - timedelta(hours=1), confirmed_at=Now() - HOLD, goes_at=Now()
    )
    carry_out_release(release=release)


def in_order_of_answers(seed: int, selection: Selection) -> list[str]:
    """Those who got an offer at first and answer it, in the order in which they do."""
    answering = sorted(key for key in selection.first if key not in selection.lapsed)
    dice(seed, "order of answers").shuffle(answering)
    return answering


def answer(stage: Stage, keys: Sequence[str]) -> None:
    """Each of them accepts or declines the offer that waits for them; whoever has none is passed over."""
    waiting = Offer.objects.open().filter(stream__cohort=stage.cohort, application__person__email__in=keys)
    offers = {one.application.person.email: one for one in waiting.select_related("application__person", "stream")}
    for key in keys:
        if key in offers and key in stage.selection.declined:
            decline_offer(offer=offers[key], reason=why(stage, key), by=offers[key].application.person)
            _a_day_passes(stage)
        elif key in offers:
            accept_offer(offer=offers[key], by=offers[key].application.person)


def _a_day_passes(stage: Stage) -> None:
    """In this summer a day lies between two refusals, so that the brake on the reserve has no part in it."""
    called = Offer.objects.filter(stream__cohort=stage.cohort, reserve_rank__isnull=False)
    called.update(released_at=F("released_at") - WINDOW)


def why(stage: Stage, key: str) -> str:
    """What somebody who declines says, if anything."""
    return dice(stage.recipe.seed, f"reason of {key}").choice(REASONS)


def _lapse(stage: Stage) -> None:
    """The offers that nobody answered run out now, and the reserve is called."""
    waiting = Offer.objects.open().filter(
        stream__cohort=stage.cohort, application__person__email__in=stage.selection.lapsed
    )
    waiting.update(released_at=Now() - timedelta(days=7), expires_at=Now())
    lapse_offers(cohort=stage.cohort, by=stage.cast[RUI])


def _date_back(stage: Stage) -> None:
    """Set the moments of what was just done to when it was done in this summer."""
    chance = dice(stage.recipe.seed, "times of answers")
    released = stage.calendar.start_of(OPENING[MilestoneKind.OFFERS_RELEASED], hour=10)
    due = stage.calendar.instants()[MilestoneKind.ANSWERS_DUE]
    SelectionRound.objects.filter(cohort=stage.cohort).update(
        made_at=released - timedelta(hours=20), released_at=released
    )
    Release.objects.filter(cohort=stage.cohort).update(
        prepared_at=released - timedelta(hours=2),
        confirmed_at=released - HOLD,
        goes_at=released,
        ended_at=released,
    )
    Release.objects.filter(cohort=stage.cohort, number__gt=1).update(
        prepared_at=due, confirmed_at=due, goes_at=due + HOLD, ended_at=due + HOLD
    )
    for one in Offer.objects.filter(stream__cohort=stage.cohort).order_by("pk"):
        start = released if one.reserve_rank is None else released + timedelta(days=3)
        end = min(stage.now, due)
        one.released_at = min(start, stage.now)
        one.expires_at = due if one.reserve_rank is None else due + timedelta(days=5)
        if one.answered_at is not None:
            one.answered_at = start + (end - start) * chance.random()
        one.save(update_fields=["released_at", "expires_at", "answered_at"])
    Offer.objects.filter(stream__cohort=stage.cohort, answered_at__lt=F("released_at")).update(
        answered_at=F("released_at")
    )
