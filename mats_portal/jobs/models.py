"""A job and the heartbeat of the schedule."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from mats_portal.jobs.states import JobState
from mats_portal.web.codes import new_code


class Job(models.Model):
    """One piece of long work. One of a kind and subject runs at a time.

    kind: a name that an app furnished (`jobs.kinds.JobKind`); arguments: plain JSON of
    codes and slugs; done/total: real counts; result: what the page shows afterwards.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    step = models.CharField(max_length=120, blank=True)
    result = models.JSONField(default=dict, blank=True)
    sentence = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_job_of_a_kind_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("jobs:job", args=[self.code])

    @property
    def words(self) -> str:
        """The counts in words."""
        return f"{self.done:,} of {self.total:,}" if self.total else ""


class Heartbeat(models.Model):
    """When the schedule last rang, by name ("beat", "deliver letters")."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
