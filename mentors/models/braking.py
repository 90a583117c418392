"""The brake on the reserve: how many calls a day go out by themselves, and the seats that wait for staff."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Stream
from mentors.models.offers import Offer
from mentors.states import HeldWhy


class ReserveBrake(models.Model):
    """What staff of a cohort set for its reserve.

    most: how many people are called in 24 hours without somebody of the staff; empty: as `selectors.braking` proposes.
    agreed_at: when staff last let the reserve go on; calls before it count no more.
    """

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="reserve_brake")
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"brake of {self.cohort}"


class HeldCallQuerySet(models.QuerySet["HeldCall"]):
    """Held calls, narrowed by adjectives."""

    def waiting(self) -> HeldCallQuerySet:
        """Those on which nobody has decided."""
        return self.filter(ended_at=None)

    def in_cohort(self, cohort: Cohort) -> HeldCallQuerySet:
        """Those of one cohort."""
        return self.filter(stream__cohort=cohort)


class HeldCall(models.Model):
    """A seat that fell free and was not offered on: too many had been called in a day. Ended, never deleted.

    offer: what it led to once staff let it go on; empty when they left the seat free, or nobody was left to call.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="held_calls")
    why = models.CharField(max_length=10, choices=HeldWhy.choices)
    held_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    offer = models.OneToOneField(Offer, null=True, blank=True, on_delete=models.SET_NULL, related_name="held_call")

    objects = HeldCallQuerySet.as_manager()

    class Meta:
        ordering = ("held_at", "pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stream"], condition=Q(ended_at=None), name="calls_that_wait"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(why__in=HeldWhy.values), name="a_held_call_has_a_reason"),
            models.CheckConstraint(
                condition=Q(offer=None) | Q(ended_at__isnull=False), name="only_a_call_that_went_on_has_an_offer"
            ),
        ]

    def __str__(self) -> str:
        return f"held call of {self.stream}"
