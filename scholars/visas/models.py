"""The visa of one scholar: needed or not, and the dates of its steps. No passport, no country, no text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from scholars.models import Scholar
from scholars.visas.states import Need, Step


class Visa(models.Model):
    """letter_on: the programme's letter of invitation; filed_on, granted_on, refused_on: what the scholar says."""

    scholar = models.OneToOneField(Scholar, on_delete=models.CASCADE, related_name="visa")
    need = models.CharField(max_length=10, choices=Need.choices)
    letter_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    granted_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(need__in=Need.values), name="visa_need_is_known"),
            models.CheckConstraint(
                condition=Q(need="needed") | Q(letter_on=None, filed_on=None, granted_on=None, refused_on=None),
                name="only_a_visa_that_is_needed_has_steps",
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(refused_on=None), name="a_visa_is_granted_or_refused"
            ),
            models.CheckConstraint(
                condition=(Q(granted_on=None) | Q(granted_on__gte=F("filed_on")))
                & (Q(refused_on=None) | Q(refused_on__gte=F("filed_on"))),
                name="a_visa_is_answered_after_it_was_applied_for",
            ),
        ]

    def __str__(self) -> str:
        return f"visa of {self.scholar_id}"

    @property
    def moment(self) -> str:
        """When it was said last, as a page tells which of two versions it showed."""
        return self.said_at.isoformat()

    @property
    def step(self) -> Step:
        """How far it is."""
        if self.need != Need.NEEDED:
            return Step(self.need)
        for step, day in (
            (Step.GRANTED, self.granted_on),
            (Step.REFUSED, self.refused_on),
            (Step.FILED, self.filed_on),
            (Step.LETTER, self.letter_on),
        ):
            if day is not None:
                return step
        return Step.NEEDED
