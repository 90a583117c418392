"""Small worlds of candidacies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.people.models import Person
from mentors.candidacy.models import Candidacy, Rating
from mentors.candidacy.selectors import ask_plan
from mentors.candidacy.services import ask_experts, send_candidacy
from mentors.candidacy.specs import Proposal
from tests import make

KIND = MilestoneKind.MENTORS_CLOSE
FORM: dict[str, Any] = {
    "stream_name": "Oversight, Mira",
    "agenda": "scalable oversight",
    "plan": "Debate as training signal; we meet twice a week.",
    "seats_asked": 3,
    "hours": 6,
}


def make_cohort(*, seats: int = 10, days: float = 5) -> Cohort:
    """A cohort that takes offers to mentor for some days more (or did, until some days ago)."""
    cohort = make.make_cohort(seats=seats)
    set_date(cohort, days)
    return cohort


def set_date(cohort: Cohort, days: float) -> None:
    """Offers are taken until so many days from now."""
    at = timezone.now() + timedelta(days=days)
    Milestone.objects.update_or_create(cohort=cohort, kind=KIND, defaults={"at": at})


def proposal(**facts: Any) -> Proposal:
    """What a candidate writes."""
    return Proposal(**FORM | facts)


def make_candidacy(cohort: Cohort, person: Person | None = None, **facts: Any) -> Candidacy:
    """Mira's offer, sent through the portal's own service."""
    mira = person or make.make_person("Mira")
    name = facts.pop("stream_name", f"Oversight, {mira.code}")
    return send_candidacy(cohort=cohort, proposal=proposal(stream_name=name, **facts), by=mira)


def ask(cohort: Cohort, by: Person, *experts: Person, opinions: int | None = None) -> list[Rating]:
    """Every expert is asked about every candidacy that they may rate, unless `opinions` says how many."""
    wanted = opinions or len(experts)
    plan = ask_plan(cohort, experts=experts, opinions=wanted)
    ask_experts(cohort=cohort, experts=experts, opinions=wanted, digest=plan.digest, by=by)
    return list(Rating.objects.filter(candidacy__cohort=cohort).order_by("pk"))
