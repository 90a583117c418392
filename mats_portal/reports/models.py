"""A snapshot of a cohort's statistics, its printed form, and what its readers remarked."""

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


class Remark(models.Model):
    """What a reader says of a report: what is wrong, unclear or missing.

    report: the report's name; digest: of the snapshot that the reader saw. It stays as it was written.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="remarks")
    report = models.SlugField(max_length=50)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "report", "-at", "-id"], name="remarks_on_a_report"),
        ]

    def __str__(self) -> str:
        return f"{self.by}, on {self.report} of {self.cohort}"
