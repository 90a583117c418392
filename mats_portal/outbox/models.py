"""A letter to one person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.outbox.states import TONES, LetterState
from mats_portal.web.codes import new_code


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, narrowed by adjectives."""

    def due(self) -> LetterQuerySet:
        """Those that may be sent now, by the database's clock."""
        return self.filter(state=LetterState.PLANNED, not_before__lte=Now())


class Forecast(models.Model):
    """Which reminders of a cohort go out by a moment, if nobody acts before; made with each scan.

    letters: the first ones as [kind, name of the reader, subject]; count: all of them.
    """

    SHOWN = 200

    cohort_slug = models.SlugField(max_length=60, primary_key=True)
    until = models.DateTimeField()
    count = models.PositiveIntegerField()
    letters = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.cohort_slug}, until {self.until:%Y-%m-%d %H:%M} UTC"


class Letter(models.Model):
    """What will be mailed, to whom, and what became of it.

    key: unique, made of kind, person, object and occurrence, so that planning twice
    sends once. Subject and text are rendered when the letter is written; whether it
    is still due is asked again under the lock just before it is sent.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    address = models.EmailField(max_length=254)
    cohort_slug = models.SlugField(max_length=60, blank=True)
    about = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.PLANNED)
    planned_at = models.DateTimeField(db_default=Now())
    not_before = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before"], condition=models.Q(state="planned"), name="letters_waiting"),
            models.Index(fields=["cohort_slug", "-id"], name="letters_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def get_absolute_url(self) -> str:
        """The letter's page, for staff."""
        return reverse("outbox:letter", args=[self.code])

    @property
    def tone(self) -> str:
        """How its state looks."""
        return TONES[self.state]
