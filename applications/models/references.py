"""Who is asked about an applicant, and what they wrote."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Now

from applications.models.application import Application
from applications.states import ReferenceKind, ReferenceState
from mats_portal.web.codes import new_code


class ReferenceQuerySet(models.QuerySet["Reference"]):
    """References, narrowed by adjectives."""

    def standing(self) -> ReferenceQuerySet:
        """Those that the applicant has not taken back."""
        return self.exclude(state=ReferenceState.TAKEN_BACK)

    def missing(self) -> ReferenceQuerySet:
        """Those that were asked for and are neither in nor declined."""
        return self.filter(state=ReferenceState.ASKED)


class Reference(models.Model):
    """A referee whom the applicant named, and what became of the request.

    The letter is a row of its own, so that nothing that lists references for the
    applicant can carry it. Of the link only the hash of its token is kept.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="references")
    place = models.PositiveSmallIntegerField(help_text="1 or 2.")
    name = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)
    kind = models.CharField(max_length=20, choices=ReferenceKind.choices)
    state = models.CharField(max_length=12, choices=ReferenceState.choices, default=ReferenceState.ASKED)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(db_default=Now(), help_text="When the applicant last had the link mailed.")
    sent_count = models.PositiveSmallIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When it was answered, declined or taken back.")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("place", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["email", "sent_at"], name="references_by_address")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application", "place"],
                condition=~models.Q(state=ReferenceState.TAKEN_BACK),
                name="one_reference_per_place",
            ),
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=~models.Q(state=ReferenceState.TAKEN_BACK),
                name="one_reference_per_address",
            ),
            models.CheckConstraint(condition=models.Q(place__in=[1, 2]), name="at_most_two_references"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="referee_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(state=ReferenceState.ASKED) ^ models.Q(closed_at__isnull=False),
                name="closed_reference_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"reference {self.code}"


class ReferenceLetter(models.Model):
    """What a referee wrote, in confidence. The database refuses to change it; the applicant never reads it."""

    reference = models.OneToOneField(Reference, on_delete=models.PROTECT, related_name="letter")
    relationship = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"letter of {self.reference_id}"
