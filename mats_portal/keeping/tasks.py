"""What the schedule does about what is kept."""

from celery import shared_task

from mats_portal.keeping import services


@shared_task(name="mats_portal.keeping.tasks.purge")
def purge() -> int:
    """Start removing the sensitive answers of every cohort whose date has come."""
    return services.ask_for_due_purges()
