"""A snapshot of a cohort's statistics, and its printed form."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code


class Snapshot(models.Model):
    """All reports of a cohort, compiled at one moment from one state of the database.

    content: the reports, as JSON (`reports.wire`); digest: SHA-256 of its canonical form.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="snapshots")
    compiled_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-compiled_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-compiled_at", "-id"], name="snapshots_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.compiled_at:%Y-%m-%d %H:%M} UTC"


class Printing(models.Model):
    """A snapshot as a PDF. A row is there only when the file is whole."""

    snapshot = models.OneToOneField(Snapshot, primary_key=True, on_delete=models.CASCADE, related_name="printing")
    content = models.BinaryField()
    printed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.snapshot}, printed"
