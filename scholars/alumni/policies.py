"""Who says, records and reads outcomes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import Decision, decide
from scholars.models import Scholar
from scholars.states import ScholarState


def own_scholarships(person: Any) -> QuerySet[Scholar]:
    """Where this person has finished, the latest first."""
    finished = Scholar.objects.of(person).filter(state=ScholarState.FINISHED)
    found: QuerySet[Scholar] = finished.select_related("cohort", "person").order_by("-ended_at", "-pk")
    return found


def can_say_outcome(person: Any, cohort: Cohort) -> Decision:
    """Whoever finished the programme in that cohort."""
    allowed = own_scholarships(person).filter(cohort=cohort).exists()
    return decide(allowed, f"Only alumni of {cohort} are asked what they do now.")


def alumni_visible_to(person: Any) -> QuerySet[Scholar]:
    """The alumni of the cohorts that this person runs."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    finished = Scholar.objects.filter(state=ScholarState.FINISHED, cohort__in=run)
    return finished.select_related("person", "cohort", "stream")


def can_record_outcome(person: Any, scholar: Scholar) -> Decision:
    """Programme staff of the cohort, about others than themselves."""
    if scholar.person_id == person.pk:
        return decide(False, "What you do yourself you say on your own page.")
    return can_run_cohort(person, scholar.cohort)
