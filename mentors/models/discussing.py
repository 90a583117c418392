"""What reviewers write beside their scores: a note for themselves, and a discussion once their own scores are in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from applications.models import Application

MAX_NOTE = 10_000
MAX_CONTRIBUTION = 4_000


class PrivateNote(models.Model):
    """A person's own note on an application. Nobody else ever reads it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="private_notes")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="private_notes")
    text = models.TextField(max_length=MAX_NOTE)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "application"], name="one_private_note_per_person")
        ]

    def __str__(self) -> str:
        return f"private note {self.pk}"


class Contribution(models.Model):
    """One contribution to the discussion of an application; `answer_to`: the one it answers, itself no answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions")
    answer_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(max_length=MAX_CONTRIBUTION)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"contribution {self.pk}"
