"""What the schedule does for referrals."""

from celery import shared_task

from mentors.referrals.services import share_referrals


@shared_task(name="mentors.referrals.tasks.share")
def share() -> None:
    """Share the referrals whose time has come."""
    share_referrals()
