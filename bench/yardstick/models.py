"""A row of seven cells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Row(models.Model):
    """One line of the list."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    word = models.CharField(max_length=80)
    number = models.IntegerField()
    score = models.FloatField()
    at = models.DateTimeField(auto_now_add=True)
    is_good = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Row]] = models.Manager()

    def __str__(self) -> str:
        return self.name
