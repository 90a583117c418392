"""What the worker does about letters. Nothing comes in: the rows say what is to be done."""

from celery import shared_task

from mats_portal.jobs.services import beat
from mats_portal.outbox import services


@shared_task(name="mats_portal.outbox.tasks.deliver")
def deliver() -> int:
    """Send the letters that are due."""
    sent = services.deliver_letters()
    beat(name="deliver letters")
    return sent


@shared_task(name="mats_portal.outbox.tasks.remind")
def remind() -> int:
    """Write the reminders that are due, and note which are due by tomorrow."""
    written = services.plan_reminders()
    services.forecast_reminders()
    return written
