"""What the worker does about reports by itself."""

from celery import shared_task

from mats_portal.reports import services


@shared_task(name="mats_portal.reports.tasks.compile_open_cohorts")
def compile_open_cohorts() -> int:
    """Ask for a snapshot of every cohort whose numbers may still change."""
    return services.ask_for_snapshots_of_open_cohorts()
