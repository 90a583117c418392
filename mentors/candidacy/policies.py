"""Who may offer, rate and decide."""

from __future__ import annotations

from typing import Any

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.access import Decision, decide
from mentors.candidacy.models import Candidacy, Rating
from mentors.candidacy.selectors import candidacies_visible_to
from mentors.candidacy.states import CandidacyState

__all__ = ["can_decide_candidacies", "can_rate_candidacy", "candidacies_visible_to"]


def can_decide_candidacies(person: Any, cohort: Cohort) -> Decision:
    """Programme staff ask experts, plan seats and send the decisions."""
    return can_run_cohort(person, cohort)


def can_rate_candidacy(person: Any, candidacy: Candidacy) -> Decision:
    """Whoever was asked, while it waits for a decision."""
    asked = Rating.objects.of(person).filter(candidacy=candidacy).exists()
    waits = candidacy.state == CandidacyState.SENT
    return decide(asked and waits, "You have not been asked about this candidacy, or it has been decided.")
