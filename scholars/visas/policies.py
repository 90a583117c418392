"""Who may read and keep a scholar's visa."""

from __future__ import annotations

from typing import Any

from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.access import Decision, decide
from scholars.models import Scholar
from scholars.states import ScholarState
from scholars.visas.selectors import scholars_with_visas_visible_to

__all__ = ["can_keep_visa", "scholars_with_visas_visible_to"]


def can_keep_visa(person: Any, scholar: Scholar) -> Decision:
    """The scholar, and staff of the cohort, while the scholar is in the programme."""
    if scholar.state != ScholarState.ACTIVE:
        return decide(False, "Only somebody who is in the programme now has a visa to tell of.")
    return decide(True, "") if scholar.person_id == person.pk else can_run_cohort(person, scholar.cohort)
