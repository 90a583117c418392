"""Cohort, milestones, tracks, streams, memberships, personal extensions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.states import CohortRole, MilestoneKind, NamesOpen, Side
from mats_portal.web.codes import new_code

ANYWHERE_ON_EARTH = "Etc/GMT+12"  # UTC−12; the sign in the name is inverted


class Cohort(models.Model):
    """One round of the programme. `names_open`: from when on reviewers and mentors read applicants' names."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, unique=True)
    site = models.CharField(max_length=100, blank=True, help_text="Where the in-person phase is.")
    welcome = models.TextField(blank=True, help_text="What the public page says of this cohort.")
    scholar_noun = models.CharField(max_length=30, default="scholar")
    zone = models.CharField("official time zone", max_length=64, default=ANYWHERE_ON_EARTH)
    seats = models.PositiveSmallIntegerField(default=60, help_text="The ceiling over all streams.")
    max_preferences = models.PositiveSmallIntegerField(default=20)
    names_open = models.CharField(max_length=12, choices=NamesOpen, default=NamesOpen.ALWAYS)
    is_public = models.BooleanField(default=False, help_text="Whether the public page can be seen.")
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("cohorts:cohort", args=[self.slug])


class Milestone(models.Model):
    """When something opens, closes or happens. One instant; closing instants are exclusive.

    grace_minutes: for how long after the close something is still taken. Nobody who hands in is told of it.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=30, choices=MilestoneKind.choices)
    at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "kind"], name="one_milestone_of_a_kind_per_cohort"),
            models.CheckConstraint(
                condition=models.Q(at__gte="1900-01-01T00:00Z", at__lt="2200-01-01T00:00Z"),
                name="milestone_in_a_sensible_year",
            ),
            models.CheckConstraint(condition=models.Q(grace_minutes__lte=60), name="grace_is_an_hour_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.cohort}"


class Extension(models.Model):
    """A later instant of one milestone for one person, or for everyone of one stream, with the reason and the giver."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="extensions")
    kind = models.CharField(max_length=30, choices=MilestoneKind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="extensions"
    )
    stream = models.ForeignKey("Stream", null=True, blank=True, on_delete=models.CASCADE, related_name="extensions")
    at = models.DateTimeField()
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "kind", "person"], name="one_extension_per_person_and_milestone"),
            models.UniqueConstraint(fields=["cohort", "kind", "stream"], name="one_extension_per_stream_and_milestone"),
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(stream=None), name="extension_of_a_person_or_a_stream"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.cohort}"


class Track(models.Model):
    """A group of streams that work alike (empirical, theory, governance)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="tracks")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "name"], name="one_track_of_a_name_per_cohort")
        ]

    def __str__(self) -> str:
        return self.name


class Stream(models.Model):
    """One or more mentors on one agenda, with seats. `hue` 0–11 is its mark on screen."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="streams")
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="streams")
    name = models.CharField(max_length=120)
    agenda = models.CharField(max_length=120, blank=True)
    viewpoint = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    seats = models.PositiveSmallIntegerField(default=4)
    seats_taken = models.PositiveSmallIntegerField(default=0, editable=False)
    hue = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "name"], name="one_stream_of_a_name_per_cohort"),
            models.CheckConstraint(condition=models.Q(seats_taken__lte=models.F("seats")), name="no_stream_oversold"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed by adjectives."""

    def open(self) -> MembershipQuerySet:
        """Those that have not ended."""
        return self.filter(until=None)

    def in_cohort(self, cohort: Cohort) -> MembershipQuerySet:
        """Those of one cohort."""
        return self.filter(cohort=cohort)

    def in_role(self, *roles: CohortRole) -> MembershipQuerySet:
        """Those in one of the roles."""
        return self.filter(role__in=roles)


class Membership(models.Model):
    """A person in a role in a cohort, from a moment until another. Rows are closed, never overwritten.

    `side` follows from the role. The database refuses a person on the support side and
    the evaluation side of one cohort, whether the rows are open or closed.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=CohortRole.choices)
    side = models.CharField(max_length=12, choices=Side.choices, editable=False)
    stream = models.ForeignKey(Stream, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "person", "role", "stream"],
                condition=models.Q(until=None),
                nulls_distinct=False,
                name="one_open_membership_of_a_kind",
            ),
            ExclusionConstraint(
                name="nobody_both_supports_and_evaluates",
                expressions=[
                    ("cohort", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("side", RangeOperators.NOT_EQUAL),
                ],
                condition=~models.Q(side="neither"),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=["staff", "reviewer", "mentor", "grader"], side="evaluation")
                    | models.Q(role="support", side="support")
                    | models.Q(role__in=["scholar", "alumnus"], side="neither")
                ),
                name="side_follows_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.cohort}"
