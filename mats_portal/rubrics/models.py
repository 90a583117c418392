"""Rubric, versions, criteria, score sheets."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.states import Dimension, RubricPurpose

LOWEST, HIGHEST = 1, 5


class Rubric(models.Model):
    """What something is scored against in one cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="rubrics")
    purpose = models.CharField(max_length=20, choices=RubricPurpose.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "purpose"], name="one_rubric_of_a_purpose_per_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.cohort}"


class RubricVersion(models.Model):
    """One wording and weighting. Changing it makes the next version; old scores keep theirs."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rubric", "number"], name="one_rubric_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.rubric}, version {self.number}"


class Criterion(models.Model):
    """One line of a rubric, scored 1 to 5; `anchors` say what each of the five points means."""

    version = models.ForeignKey(RubricVersion, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=100)
    help = models.CharField(max_length=300, blank=True)
    anchors = ArrayField(models.CharField(max_length=300), size=HIGHEST, default=list, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    dimension = models.CharField(max_length=12, choices=Dimension.choices, default=Dimension.ABILITY)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "key"], name="one_criterion_of_a_key_per_version")
        ]

    def __str__(self) -> str:
        return self.label


class ScoreSheet(models.Model):
    """One person's scores of one thing, against one version. Missing is missing, never zero."""

    version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="sheets")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="score_sheets")
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    ability = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True, editable=False)
    motivation = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"score sheet {self.pk}"


class Score(models.Model):
    """One criterion's score, 1 to 5."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(value__gte=LOWEST, value__lte=HIGHEST), name="score_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"score {self.pk}"
