"""The life of a job."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """Waiting jobs are found by the worker's scan; Redis only makes it sooner."""

    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
