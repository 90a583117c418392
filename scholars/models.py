"""Scholar, changes of stream, and streams that may enrol without a mentor."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.web.codes import new_code
from mentors.models import Offer
from scholars.states import ScholarState, SwitchReason


class ScholarQuerySet(models.QuerySet["Scholar"]):
    """Scholars, narrowed by adjectives."""

    def active(self) -> ScholarQuerySet:
        """Those in the programme now."""
        return self.filter(state=ScholarState.ACTIVE)

    def enrolled(self) -> ScholarQuerySet:
        """Those who stayed: in the programme, or finished."""
        return self.exclude(state=ScholarState.LEFT)

    def in_cohort(self, cohort: Cohort) -> ScholarQuerySet:
        """Those of one cohort."""
        return self.filter(cohort=cohort)

    def of(self, person: Any) -> ScholarQuerySet:
        """What one person is or was."""
        return self.filter(person_id=person.pk)


class Scholar(models.Model):
    """Somebody who accepted an offer. `stream` is where they are now; switches and memberships tell the way there."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scholarships")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="scholars")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="scholars")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="scholar")
    state = models.CharField(max_length=10, choices=ScholarState.choices, default=ScholarState.ACTIVE)
    enrolled_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    objects = ScholarQuerySet.as_manager()

    class Meta:
        ordering = ("person__name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "person"], name="one_scholar_per_person_and_cohort"),
            models.CheckConstraint(
                condition=models.Q(state="active", ended_at=None)
                | (~models.Q(state="active") & models.Q(ended_at__isnull=False)),
                name="a_scholar_who_ended_has_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "state"], name="scholars_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        """The page for staff and the scholar's mentors."""
        return reverse("scholars:scholar", args=[self.cohort.slug, self.code])


class Switch(models.Model):
    """One change of stream: from where, to where, why. The note is for staff."""

    scholar = models.ForeignKey(Scholar, on_delete=models.PROTECT, related_name="switches")
    origin = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="switches_away")
    target = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="switches_here")
    reason = models.CharField(max_length=12, choices=SwitchReason.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "switches"
        ordering = ("-at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(origin=models.F("target")), name="a_switch_goes_somewhere_else")
        ]

    def __str__(self) -> str:
        return f"{self.origin} to {self.target}"


class MentorlessException(models.Model):
    """That a stream without a mentor may enrol scholars, and why."""

    stream = models.OneToOneField(Stream, on_delete=models.CASCADE, related_name="mentorless_exception")
    reason = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_exception_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.stream} without a mentor"
