"""Who may refer whom, and who may stop it."""

from __future__ import annotations

from typing import Any

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.access import Decision, decide
from mentors.referrals.models import Referral
from mentors.referrals.selectors import referrals_visible_to

__all__ = ["can_refer_applicants", "can_stop_referral", "referrals_visible_to"]


def can_refer_applicants(person: Any, cohort: Cohort) -> Decision:
    """Programme staff keep the list of organisations and write the referrals."""
    return can_run_cohort(person, cohort)


def can_stop_referral(person: Any, referral: Referral) -> Decision:
    """The applicant and programme staff, as long as it has not left; whether it has is asked by the act itself."""
    visible = referrals_visible_to(person).filter(pk=referral.pk).exists()
    return decide(visible, "Only the applicant and programme staff can stop a referral.")
