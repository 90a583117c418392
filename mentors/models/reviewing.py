"""Who reads which application, what they made of it, and who must not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from applications.models import Application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.rubrics.models import ScoreSheet
from mats_portal.web.codes import new_code
from mentors.states import ConflictKind, WaiverReason


class Conflict(models.Model):
    """A declared tie between a person and an applicant: the application vanishes for that person everywhere."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=ConflictKind.choices)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "application"], name="one_conflict_per_person_and_application")
        ]

    def __str__(self) -> str:
        return f"conflict of interest {self.pk}"


class Waiver(models.Model):
    """A mentor's word that they will not score an applicant of their stream; from then on others' scores are open."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waivers")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="waivers")
    reason = models.CharField(max_length=16, choices=WaiverReason.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "application"], name="one_waiver_per_person_and_application")
        ]

    def __str__(self) -> str:
        return f"waiver {self.pk}"


class AssignmentBatch(models.Model):
    """Assignments that were made at once from a preview, and can be undone as far as nobody has begun them."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="assignment_batches")
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "assignment batches"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.title


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, narrowed by adjectives."""

    def standing(self) -> AssignmentQuerySet:
        """Not taken back, of an application that is submitted now."""
        return self.filter(removed_at=None, application__state=ApplicationState.SUBMITTED)

    def in_cohort(self, cohort: Cohort) -> AssignmentQuerySet:
        """Those of one cohort."""
        return self.filter(application__cohort=cohort)

    def of(self, person: Any) -> AssignmentQuerySet:
        """Those of one reviewer."""
        return self.filter(reviewer_id=person.pk)

    def finished(self) -> AssignmentQuerySet:
        """Those whose scores are in."""
        return self.filter(assessment__sheet__finished_at__isnull=False)

    def untouched(self) -> AssignmentQuerySet:
        """Those that nobody has begun."""
        return self.filter(assessment=None)

    def unfinished(self) -> AssignmentQuerySet:
        """Those whose scores are not in yet, begun or not."""
        return self.filter(assessment__sheet__finished_at=None)


class Assignment(models.Model):
    """That a person shall read an application, on behalf of a stream or of all. Taken back, never deleted.

    is_own_choice: a mentor of a chosen stream took it up; nobody asked.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    stream = models.ForeignKey(Stream, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    is_own_choice = models.BooleanField(default=False)
    batch = models.ForeignKey(
        AssignmentBatch, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("assigned_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=models.Q(removed_at=None),
                name="one_standing_assignment_per_reviewer",
            )
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Assessment(models.Model):
    """A reviewer's scores and comment on an application; the sheet says when they were finished."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="assessment")
    sheet = models.OneToOneField(ScoreSheet, on_delete=models.PROTECT, related_name="assessment")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assessments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="one_assessment_per_reviewer_and_application"
            )
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"
