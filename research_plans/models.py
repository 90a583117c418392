"""Plan, planned outputs, submitted revisions, comments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.web.codes import new_code
from research_plans.states import Part
from scholars.models import Scholar


class ResearchPlan(models.Model):
    """A scholar's plan: the draft, which only they see, and what was submitted of it.

    `revision` grows with each save of the draft and stops lost updates;
    `submitted_revision` is the one that was last submitted, so that unsubmitted
    changes can be told from none.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    scholar = models.OneToOneField(Scholar, on_delete=models.PROTECT, related_name="plan")
    threat_model = models.TextField(blank=True)
    theory_of_change = models.TextField(blank=True)
    plan_of_action = models.TextField(blank=True)
    disagreement = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_revision = models.PositiveIntegerField(null=True, blank=True)
    submission_count = models.PositiveSmallIntegerField(default=0)
    first_submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(submission_count=0, first_submitted_at=None)
                | models.Q(submission_count__gt=0, first_submitted_at__isnull=False),
                name="a_submitted_plan_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.code}"

    def get_absolute_url(self) -> str:
        """The reading view."""
        return reverse("research_plans:plan", args=[self.code])

    def part(self, part: Part) -> str:
        """The draft's text of one part."""
        text: str = getattr(self, part.value)
        return text


class PlannedOutput(models.Model):
    """One output of the draft, and the day it is planned for."""

    plan = models.ForeignKey(ResearchPlan, on_delete=models.CASCADE, related_name="outputs")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="one_output_per_place", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanRevision(models.Model):
    """What was submitted, frozen: the texts, the outputs, when, against which deadline, and its digest.

    content: {"parts": {part: text}, "outputs": [{"title", "due_on"}]}; due_at: the
    scholar's deadline as it was when this was submitted, empty when none was set.
    """

    plan = models.ForeignKey(ResearchPlan, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_revision_of_a_number_per_plan")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    @property
    def parts(self) -> dict[str, str]:
        """The texts by part."""
        found: dict[str, str] = self.content["parts"]
        return found

    @property
    def outputs(self) -> list[dict[str, Any]]:
        """The planned outputs in order."""
        found: list[dict[str, Any]] = self.content["outputs"]
        return found


class PlanComment(models.Model):
    """What a mentor, staff or the scholar says beside a revision."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="comments")
    part = models.CharField(max_length=20, choices=[("", "The whole plan"), *Part.choices], blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.CharField(max_length=16, default=new_code)
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["author", "form_key"], name="one_comment_per_form")
        ]

    def __str__(self) -> str:
        return f"comment {self.code}"
