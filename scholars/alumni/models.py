"""Outcomes: rows that are added, never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code
from scholars.alumni.states import Category, Method


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Outcomes, narrowed by adjectives."""

    def by(self, method: Method) -> OutcomeQuerySet:
        """Those known in one way."""
        return self.filter(method=method)

    def of(self, person: Any) -> OutcomeQuerySet:
        """Those of one person."""
        return self.filter(person_id=person.pk)


class Outcome(models.Model):
    """What somebody did on a day, and how we know. What they do now is the latest row of each method.

    A row is never changed: what is still true is a new row with a new day.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outcomes")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="outcomes")
    form_key = models.CharField(max_length=16, default=new_code)
    category = models.CharField(max_length=20, choices=Category.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    as_of = models.DateField("as of")
    organisation = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ("-as_of", "-recorded_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["recorded_by", "form_key"], name="one_outcome_per_form"),
            models.CheckConstraint(
                condition=models.Q(method="self", recorded_by=models.F("person"))
                | (~models.Q(method="self") & ~models.Q(recorded_by=models.F("person"))),
                name="only_oneself_says_it_oneself",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "person", "method", "-as_of"], name="outcomes_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}, {self.as_of}"
