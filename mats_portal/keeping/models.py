"""A request to be erased, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.keeping.states import OPEN, ErasureState
from mats_portal.web.codes import new_code

DAYS_TO_ANSWER = 30


class ErasureRequest(models.Model):
    """Somebody asks that what is kept about them be erased. It is answered within 30 days.

    words: what the person said, emptied with the rest; answer: what the administrator said; report: after it was
    carried out, what went and what stays, in counts.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasure_requests")
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.ASKED)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now() + timedelta(days=DAYS_TO_ANSWER))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=OPEN), name="one_open_erasure_request_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken_back"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_erasure_has_a_decider",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nobody_decides_on_their_own_erasure"
            ),
            models.CheckConstraint(condition=~Q(state="done") ^ Q(done_at__isnull=False), name="done_has_a_moment"),
        ]

    def __str__(self) -> str:
        return f"erasure request {self.code}"

    def get_absolute_url(self) -> str:
        """The page on which an administrator answers it."""
        return reverse("keeping:erasure", args=[self.code])


class PurgeRun(models.Model):
    """That the sensitive answers of those who were not chosen were removed, with the figures made of them before.

    tallies: [{"question", "answered", "counts": {option: how many}}], `null` for one to four.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="purge_runs")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    tallies = models.JSONField(default=list)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"purge of {self.cohort}"
