"""Labels that staff put on applications."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from applications.models.application import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code


class Label(models.Model):
    """A word of the staff's own for some applications of a cohort. Nobody else sees it."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=40)

    objects: ClassVar[models.Manager[Label]] = models.Manager()

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "name"], name="one_label_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Labelling(models.Model):
    """That an application carries a label."""

    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labellings")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="labellings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager[Labelling]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "label"], name="one_labelling_per_label")
        ]

    def __str__(self) -> str:
        return f"{self.label} on {self.application_id}"
