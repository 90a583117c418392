"""Requests, notes, who opened them, and the broken glass. People and cohorts are named by code and slug."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.web.codes import new_code
from scholars.support.states import OPEN_STATES, Closing, RequestKind, RequestState

CODE_LENGTH = 16


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    """Requests, narrowed by adjectives."""

    def open(self) -> SupportRequestQuerySet:
        """Those that wait or are with somebody."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> SupportRequestQuerySet:
        """Those that nobody has taken."""
        return self.filter(state=RequestState.WAITING)

    def of_scholar(self, code: str) -> SupportRequestQuerySet:
        """Those of one person."""
        return self.filter(scholar_code=code)

    def taken_by(self, code: str) -> SupportRequestQuerySet:
        """Those that this support person has now."""
        return self.filter(state=RequestState.TAKEN, taken_by_code=code)


class SupportRequest(models.Model):
    """What a scholar asked support for. `form_key` comes with the form, so that a double click asks once."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    cohort_slug = models.SlugField(max_length=60, db_index=False)
    scholar_code = models.CharField(max_length=CODE_LENGTH)
    form_key = models.CharField(max_length=CODE_LENGTH, default=new_code)
    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    asked_at = models.DateTimeField(db_default=Now())
    taken_by_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    meet_at = models.DateTimeField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)
    hours_saved = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scholar_code", "form_key"], name="one_request_per_form"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "closed"]) | (~Q(taken_by_code="") & Q(taken_at__isnull=False)),
                name="taken_request_has_a_taker",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(closing="")),
                name="closed_request_says_how",
            ),
            models.CheckConstraint(
                condition=Q(hours_saved=None) | Q(hours_saved__gte=0), name="hours_saved_not_negative"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort_slug", "state", "asked_at"], name="requests_of_a_cohort"),
            models.Index(fields=["scholar_code", "asked_at"], name="requests_of_a_scholar"),
        ]

    def __str__(self) -> str:
        return f"support request {self.code}"

    def get_absolute_url(self) -> str:
        """The page on the support site."""
        return reverse("support:request", args=[self.code])


class SupportNote(models.Model):
    """What support wrote down about a request. The scholar's page does not show it; nobody else's does either."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="notes")
    author_code = models.CharField(max_length=CODE_LENGTH)
    form_key = models.CharField(max_length=CODE_LENGTH, default=new_code)
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "form_key"], name="one_note_per_form")
        ]

    def __str__(self) -> str:
        return f"support note {self.code}"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Openings in an emergency, narrowed by adjectives."""

    def open(self) -> BreakGlassQuerySet:
        """Those confirmed and not yet expired, by the database's clock."""
        return self.filter(expires_at__gt=Now())

    def naming(self, code: str) -> BreakGlassQuerySet:
        """Those that name this person as one of the two."""
        return self.filter(Q(asked_by_code=code) | Q(second_code=code))


class BreakGlass(models.Model):
    """Two named people open one scholar's notes in an emergency, for a reason, until it expires."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    cohort_slug = models.SlugField(max_length=60, db_index=False)
    scholar_code = models.CharField(max_length=CODE_LENGTH)
    asked_by_code = models.CharField(max_length=CODE_LENGTH)
    second_code = models.CharField(max_length=CODE_LENGTH)
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "break glasses"
        ordering = ("-asked_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(asked_by_code=F("second_code")), name="glass_needs_two_people"),
            models.CheckConstraint(
                condition=~Q(scholar_code=F("asked_by_code")) & ~Q(scholar_code=F("second_code")),
                name="glass_is_about_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, expires_at=None) | Q(expires_at__gt=F("confirmed_at")),
                name="confirmed_glass_expires",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="glass_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"break-glass {self.code}"

    def get_absolute_url(self) -> str:
        """The page that its two people share."""
        return reverse("support:glass", args=[self.code])


class Opening(models.Model):
    """That somebody opened the page of a request: one row per reader, request, day (UTC) and way in."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="openings")
    reader_code = models.CharField(max_length=CODE_LENGTH)
    glass = models.ForeignKey(BreakGlass, null=True, blank=True, on_delete=models.PROTECT, related_name="openings")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "reader_code", "glass", "on"],
                nulls_distinct=False,
                name="one_opening_a_day_per_reader",
            )
        ]

    def __str__(self) -> str:
        return f"opening of {self.request_id}"
