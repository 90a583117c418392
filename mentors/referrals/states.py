"""The life of a referral."""

from datetime import timedelta

from django.db.models import TextChoices

WAIT = timedelta(days=2)  # How long an applicant has to read what is said of them before it leaves.


class ReferralState(TextChoices):
    """What staff and the applicant read; nothing reaches the organisation before `SHARED`."""

    ANNOUNCED = "announced", "Goes out soon"
    SHARED = "shared", "Shared"
    STOPPED = "stopped", "Not shared"


STANDING = (ReferralState.ANNOUNCED, ReferralState.SHARED)

# What may follow what.
TRANSITIONS: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.ANNOUNCED: frozenset({ReferralState.SHARED, ReferralState.STOPPED}),
    ReferralState.SHARED: frozenset({ReferralState.STOPPED}),  # Taken back before its letter had left.
    ReferralState.STOPPED: frozenset(),
}
