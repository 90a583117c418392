"""What the applicant reads before it leaves, and what the organisation gets.

The latter are wiped once sent: what was said stands in the referral, where it can be erased.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.states import AfterCrash
from mats_portal.web.links import absolute
from mentors.referrals.models import Referral

ON_THE_LIST = "you are on this programme's list of organisations to which applicants may be referred"

ANNOUNCED = LetterKind(
    name="referral announced",
    subject_template="{cohort}: what we would like to say of you to {organisation}",
    template="referrals/letters/announced.txt",
    because="you agreed to be named to organisations",
)
SHARED = LetterKind(
    name="referral",
    subject_template="{cohort}: an applicant whom we would like you to know",
    template="referrals/letters/shared.txt",
    after_crash=AfterCrash.HOLD,
    because=ON_THE_LIST,
    holds_secret=True,
)
TAKEN_BACK = LetterKind(
    name="referral taken back",
    subject_template="{cohort}: please delete a referral of ours",
    template="referrals/letters/taken_back.txt",
    because=ON_THE_LIST,
    holds_secret=True,
)


def referral_facts(referral: Referral) -> dict[str, Any]:
    """What the letters say: who, to whom, the text, until when it can be stopped, and where."""
    application = referral.consent.application
    cohort = application.cohort
    return {
        "cohort": cohort.name,
        "organisation": referral.consent.organisation.name,
        "name": referral.shared_name or application.person.name,
        "email": referral.shared_email or application.person.email,
        "words": referral.text,
        "code": referral.code,
        "by": referral.written_by.name,
        "until": describe(referral.goes_at, cohort.zone),
        "url": absolute(reverse("referrals:own", args=[cohort.slug])),
    }
