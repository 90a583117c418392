"""A stream's own order of its applicants."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from applications.models import Application
from mats_portal.cohorts.models import Stream


class Shortlist(models.Model):
    """The list as a whole. `revision` grows with each save, so that two mentors of a stream never overwrite each other.

    finished_at: when the mentors said that the ranking is in; saving it again keeps it in.
    """

    stream = models.OneToOneField(Stream, on_delete=models.CASCADE, related_name="shortlist")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"ranking of {self.stream}"


class Ranking(models.Model):
    """One applicant's place in a stream's order, from 1; `is_acceptable`: above the bar "would take".

    is_level: liked as much as the one before; the two are in one tier, and a draw decides between them.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="rankings")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="rankings")
    rank = models.PositiveIntegerField()
    is_acceptable = models.BooleanField(default=True)
    is_level = models.BooleanField(default=False)

    class Meta:
        ordering = ("rank",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stream", "application"], name="one_place_per_applicant_and_stream"),
            models.UniqueConstraint(
                fields=["stream", "rank"], name="one_applicant_per_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="places_count_from_one"),
            models.CheckConstraint(
                condition=models.Q(is_level=False) | models.Q(rank__gt=1), name="the_first_place_is_level_with_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.rank}"
