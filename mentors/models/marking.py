"""One marker reads one question's answers of all applicants, against one criterion of the rubric."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from applications.models import Application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion
from mats_portal.web.codes import new_code
from mentors.models.reviewing import Conflict


class Marking(models.Model):
    """That a person marks all answers to a question. stream: whose question it is, None for a general one.

    wording: as asked when it was given out. Taken back, never deleted: marks that were given stay.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="markings")
    stream = models.ForeignKey(Stream, null=True, blank=True, on_delete=models.PROTECT, related_name="markings")
    question_key = models.SlugField(max_length=60)
    wording = models.TextField()
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="markings")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="markings")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("assigned_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "stream", "question_key", "marker"],
                condition=models.Q(removed_at=None),
                nulls_distinct=False,
                name="one_standing_marking_per_question_and_marker",
            )
        ]

    def __str__(self) -> str:
        return self.wording

    def get_absolute_url(self) -> str:
        """Where the marker goes on."""
        return reverse("mentors:mark", args=[self.cohort.slug, self.code])


class MarkQuerySet(models.QuerySet["Mark"]):
    """Marks, narrowed by adjectives. An application with a tie to the marker is out of all of them but `all()`."""

    def standing(self) -> MarkQuerySet:
        """Of an application that is submitted now and to which the marker has no tie."""
        tied = Conflict.objects.filter(
            person=models.OuterRef("marking__marker"), application=models.OuterRef("application")
        )
        return self.filter(~models.Exists(tied), application__state=ApplicationState.SUBMITTED)

    def given(self) -> MarkQuerySet:
        """Those that are in and count."""
        return self.standing().filter(value__isnull=False)

    def owed(self) -> MarkQuerySet:
        """Those still to be given."""
        return self.standing().filter(value=None, marking__removed_at=None)

    def of(self, person: Any) -> MarkQuerySet:
        """Those of one marker."""
        return self.filter(marking__marker_id=person.pk)


class Mark(models.Model):
    """One answer to mark; `value` from 1 to 5 once it is marked. Not marked is missing, never zero."""

    marking = models.ForeignKey(Marking, on_delete=models.CASCADE, related_name="marks")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="marks")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["marking", "application"], name="one_mark_per_marking_and_application"),
            models.CheckConstraint(
                condition=models.Q(value=None, given_at=None)
                | models.Q(value__gte=LOWEST, value__lte=HIGHEST, given_at__isnull=False),
                name="a_mark_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"
