"""What the worker does about jobs. Nothing comes in: the rows say what is to be done."""

from celery import shared_task

from mats_portal.jobs import services


@shared_task(name="mats_portal.jobs.tasks.beat")
def beat() -> None:
    """Note that the schedule rang and a worker heard it."""
    services.beat(name="beat")


@shared_task(name="mats_portal.jobs.tasks.run_waiting")
def run_waiting() -> int:
    """Do the waiting jobs."""
    return services.run_waiting_jobs()
