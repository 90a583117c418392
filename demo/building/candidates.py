"""Offers to mentor that wait for seats, with what experts made of them; two that were answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from demo.building.opening import extra
from demo.building.selecting import lead_of
from demo.building.stage import Stage
from demo.moments import CLOSING
from demo.people import INES, RUI
from demo.simulation.intake import OFFERS, Offer
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.people.models import Person
from mentors.candidacy.models import Candidacy, Rating
from mentors.candidacy.selectors import ask_plan, digest_of_decisions, planned_decisions
from mentors.candidacy.services import ask_experts, plan_decision, rate_candidacy, send_candidacy, send_decisions
from mentors.candidacy.specs import Proposal

OPINIONS = 3
SEATS_TO_GIVE = 8
COMMENTS = {
    1: "I do not see what a scholar would learn.",
    2: "Thin where it matters: who reads their drafts?",
    3: "Sound, if the mentor has the hours.",
    4: "A clear first week, and a question that can fail.",
    5: "I would send my own student there.",
}


def offer_to_mentor(stage: Stage) -> None:
    """Let people offer, ask experts, write some decisions down and send those without seats."""
    Cohort.objects.filter(pk=stage.cohort.pk).update(seats=F("seats") + SEATS_TO_GIVE)
    stage.cohort.refresh_from_db()
    closes = Milestone.objects.filter(cohort=stage.cohort, kind=MilestoneKind.MENTORS_CLOSE)
    planned = closes.get().at
    closes.update(at=stage.now + timedelta(days=1))  # offers are judged by the database's clock
    sent = [(offer, _send(stage, offer)) for offer in OFFERS]
    closes.update(at=planned)
    _rate(stage, {candidacy.pk: offer for offer, candidacy in sent})
    for answered in (True, False):
        for offer, candidacy in sent:
            if offer.seats is not None and (offer.seats == 0) is answered:
                plan_decision(
                    candidacy=candidacy,
                    seats=offer.seats,
                    stream_name=offer.stream,
                    word=offer.word,
                    by=stage.cast[RUI],
                )
        if answered:
            decisions = planned_decisions(stage.cast[RUI], stage.cohort)
            send_decisions(cohort=stage.cohort, digest=digest_of_decisions(decisions), by=stage.cast[RUI])
    _date_back(stage)


def _send(stage: Stage, offer: Offer) -> Candidacy:
    address = f"{offer.stream.lower().replace(' ', '-')}@mentors-{stage.recipe.slug}.example"
    person = extra(address, stage.recipe.seed)
    proposal = Proposal(
        stream_name=offer.stream,
        agenda=offer.agenda,
        plan=offer.plan,
        seats_asked=offer.asked,
        hours=offer.hours,
        viewpoint=offer.viewpoint,
    )
    return send_candidacy(cohort=stage.cohort, proposal=proposal, by=person)


def _rate(stage: Stage, offers: dict[int, Offer]) -> None:
    """Two mentors and Ines are asked about every offer; what Ines has not said yet waits on her home."""
    experts: list[Person] = [lead_of(stage, name) for name in sorted(stage.streams)[:2]]
    experts.append(stage.cast[INES])
    plan = ask_plan(stage.cohort, experts=experts, opinions=OPINIONS)
    ask_experts(cohort=stage.cohort, experts=experts, opinions=OPINIONS, digest=plan.digest, by=stage.cast[RUI])
    asked = Rating.objects.filter(candidacy__cohort=stage.cohort).select_related("candidacy__cohort")
    for rating in asked.order_by("pk"):
        expert = next(one for one in experts if one.pk == rating.expert_id)
        point = offers[rating.candidacy_id].points[experts.index(expert)]
        if point is not None:
            rate_candidacy(candidacy=rating.candidacy, value=point, seats=None, comment=COMMENTS[point], by=expert)


def _date_back(stage: Stage) -> None:
    """Set the moments to when it was done: before the offers closed, and in the weeks after."""
    closed: datetime = stage.calendar.start_of(CLOSING[MilestoneKind.MENTORS_CLOSE], hour=18)
    own = Candidacy.objects.in_cohort(stage.cohort)
    for number, candidacy in enumerate(own.order_by("pk")):
        Candidacy.objects.filter(pk=candidacy.pk).update(sent_at=closed - timedelta(days=2 * number))
    own.filter(decided_at__isnull=False).update(decided_at=closed + timedelta(days=21))
    ratings = Rating.objects.filter(candidacy__cohort=stage.cohort)
    ratings.update(asked_at=closed + timedelta(days=2))
    ratings.given().update(rated_at=closed + timedelta(days=9))
