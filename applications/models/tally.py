"""How many applications there are: kept by the database, so that a page need not count them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mats_portal.cohorts.models import Cohort


class Tally(models.Model):
    """A change in the number of a cohort's applications in one state; the sum of its rows is the number now.

    A trigger adds a row with every change, in the same transaction, and now and then sums up what no other
    transaction holds. Nobody waits for anybody, and the sum is exact at every moment. See decision 0031.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="tallies")
    state = models.CharField(max_length=10)
    n = models.IntegerField()

    objects: ClassVar[models.Manager[Tally]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "state"], name="tallies_by_cohort", include=["n"])
        ]

    def __str__(self) -> str:
        return f"{self.n:+} {self.state}"
