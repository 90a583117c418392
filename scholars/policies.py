"""Who may see and change what about scholars."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import has_role, open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import Decision, decide
from mentors.models import Offer
from mentors.states import OfferState
from scholars.models import Scholar
from scholars.states import ScholarState


def offers_to(person: Any) -> QuerySet[Offer]:
    """The offers made to this person that they may know of."""
    return Offer.objects.of(person).seen_by_applicant()


def can_answer_offer(person: Any, offer: Offer) -> Decision:
    """The person it was made to, while it waits; whether its time is over is asked by the answer itself."""
    return decide(
        offer.application.person_id == person.pk and offer.state == OfferState.RELEASED,
        "Only the person to whom the offer was made can answer it, once, before it ends.",
    )


def scholars_visible_to(person: Any) -> QuerySet[Scholar]:
    """Oneself; those of the streams one leads; those of cohorts one runs."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    return Scholar.objects.filter(
        Q(person_id=person.pk) | Q(cohort__in=run) | Q(stream__in=streams_led_by(person))
    ).select_related("person", "stream", "cohort")


def can_list_scholars(person: Any, cohort: Cohort) -> Decision:
    """Programme staff see the cohort's scholars, mentors their streams'."""
    allowed = has_role(person, cohort, CohortRole.STAFF, CohortRole.MENTOR)
    return decide(allowed, f"Only programme staff and mentors of {cohort} see its scholars.")


def can_move_scholar(person: Any, scholar: Scholar) -> Decision:
    """Programme staff, while the scholar is in the programme."""
    if scholar.state != ScholarState.ACTIVE:
        return decide(False, "Only somebody who is in the programme now can be moved.")
    return can_run_cohort(person, scholar.cohort)


def can_finish_scholars(person: Any, cohort: Cohort) -> Decision:
    """Programme staff."""
    return can_run_cohort(person, cohort)
