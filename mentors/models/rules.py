"""What staff lay down for the matching: shared seats, minimum seats, fixed pairs, the draw, the motivation floor."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.rubrics.models import HIGHEST, LOWEST
from mats_portal.web.codes import new_code


class Draw(models.Model):
    """The seed by which a cohort's applicants are told apart where a stream left them level. Drawn once."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="draw")
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"draw of {self.cohort}"


class SharedSeats(models.Model):
    """Streams that take at most `seats` scholars together, whatever each of them could take."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="shared_seats")
    name = models.CharField(max_length=100)
    seats = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "shared seats"
        ordering = ("name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "name"], name="one_pool_of_a_name_per_cohort")
        ]

    def __str__(self) -> str:
        return self.name


class StreamRule(models.Model):
    """What holds for one stream in the matching: whose seats it shares, and how many scholars it needs to run."""

    stream = models.OneToOneField(Stream, on_delete=models.CASCADE, related_name="rule")
    shared = models.ForeignKey(SharedSeats, null=True, blank=True, on_delete=models.SET_NULL, related_name="rules")
    minimum = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"rule of {self.stream}"


class FixedPair(models.Model):
    """An applicant put with a stream by decision, against or beside the matching. Ended, never deleted."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="fixed_pairs")
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="fixed_pairs")
    reason = models.CharField(max_length=1000)
    blocking = models.PositiveIntegerField(help_text="How many pairs it made blocking when it was decided.")
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-fixed_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(ended_at=None), name="one_fixed_pair_per_application"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_fixed_pair_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"fixed pair {self.code}"


class MotivationFloor(models.Model):
    """One setting of a cohort's motivation floor, with who set it and why; the newest holds. points empty: no floor."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="motivation_floors")
    points = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=1000)
    below = models.PositiveIntegerField(help_text="How many applicants were under it when it was set.")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-set_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(points=None) | models.Q(points__gte=LOWEST, points__lte=HIGHEST),
                name="a_floor_is_on_the_scale",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_floor_has_a_reason"),
        ]

    def __str__(self) -> str:
        return "no floor" if self.points is None else f"{self.points:.1f}"
