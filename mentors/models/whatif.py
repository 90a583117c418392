"""A run of the matching on a world that is not there, yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code
from mentors.models.offers import SelectionRound


class WhatIf(models.Model):
    """What was changed, what went in, what came out, and their hashes. Never changed; sends nothing, prepares nothing.

    changes: what was changed against what was true when it was run, one after the other
    (`mentors.whatif` knows their kinds); round: the round that it became, if any.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="what_ifs")
    name = models.CharField(max_length=120)
    changes = models.JSONField()
    inputs = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    result = models.JSONField()
    result_hash = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    round = models.ForeignKey(SelectionRound, null=True, blank=True, on_delete=models.SET_NULL, related_name="what_ifs")

    class Meta:
        verbose_name = "what-if"
        ordering = ("-made_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-made_at"], name="what_ifs_of_a_cohort")
        ]

    def __str__(self) -> str:
        return self.name
