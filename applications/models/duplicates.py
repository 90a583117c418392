"""Pairs of applications that look alike and are not of one person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from applications.models.application import Application


class Distinct(models.Model):
    """Somebody's word that two applications are of two people; `first` has the smaller key."""

    first = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="distinct_from_later")
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="distinct_from_earlier")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager[Distinct]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="one_word_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
