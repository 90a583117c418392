"""Saved views of the applications table."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code


class SavedView(models.Model):
    """Filters, columns and order of the applications table under a name; `address` is what stands behind the `?`.

    Its owner's alone, or shared with all staff of the cohort.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager[SavedView]] = models.Manager()

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "owner", "name"], name="one_saved_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name
