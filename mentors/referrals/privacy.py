"""What a person gets of their own data: to whom they agreed, and every word that was said of them."""

from __future__ import annotations

from typing import Any

from mentors.referrals.models import Consent, Referral


def personal_data(person: Any) -> dict[str, Any]:
    """Consents with their moments; referrals with text, state and when they were shared."""
    consents = Consent.objects.of(person).select_related("organisation", "application__cohort")
    referrals = Referral.objects.of(person).select_related("consent__organisation")
    return {
        "referral_consents": [
            {
                "cohort": one.application.cohort.name,
                "organisation": one.organisation.name,
                "given_at": one.given_at,
                "withdrawn_at": one.withdrawn_at,
            }
            for one in consents
        ],
        "referrals": [
            {
                "organisation": one.consent.organisation.name,
                "text": one.text,
                "state": one.state,
                "announced_at": one.announced_at,
                "shared_at": one.shared_at,
            }
            for one in referrals.order_by("pk")
        ],
    }
