"""What the schedule does for scholars."""

from celery import shared_task

from scholars.services import lapse_offers


@shared_task(name="scholars.tasks.lapse")
def lapse() -> None:
    """End the offers whose time is over."""
    lapse_offers()
