"""A row of seven cells."""

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

    def __str__(self) -> str:
        return self.name
