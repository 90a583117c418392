"""A doubt about the integrity of an application: raised by one person, decided by another."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from applications.models.application import Application
from applications.states import ConcernState
from mats_portal.web.codes import new_code


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns, narrowed by adjectives."""

    def open(self) -> ConcernQuerySet:
        """Those that wait for a second person."""
        return self.filter(state=ConcernState.RAISED)

    def confirmed(self) -> ConcernQuerySet:
        """Those that a second person has confirmed."""
        return self.filter(state=ConcernState.CONFIRMED)


class Concern(models.Model):
    """One doubt, in one person's words, and what a second person decided. It rejects nobody by itself.

    Several people may raise one of the same application, so that nobody learns of another's by being refused.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="concerns")
    state = models.CharField(max_length=10, choices=ConcernState.choices, default=ConcernState.RAISED)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(db_default=Now())
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ("-raised_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application", "raised_by"],
                condition=Q(state="raised"),
                name="one_open_concern_per_application_and_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("raised_by")), name="concern_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="raised", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="raised") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="concern_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.code}"
