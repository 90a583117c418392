"""What the schedule does for selecting."""

from celery import shared_task

from mentors.services import carry_out_releases


@shared_task(name="mentors.tasks.release")
def release() -> None:
    """Send the releases whose hold is over."""
    carry_out_releases()
