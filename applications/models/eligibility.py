"""Whether somebody may apply, by their own answers, or because staff let them through."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from applications.states import EligibilityState
from mats_portal.cohorts.models import Cohort
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.web.codes import new_code


class EligibilityCheck(models.Model):
    """One person's answers to the eligibility questions of a cohort, and what came of them.

    words: what the person wrote to staff when asking to be let through; reason: why staff did.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="eligibility_checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="eligibility_checks")
    sheet = models.OneToOneField(AnswerSheet, on_delete=models.PROTECT, related_name="eligibility_check")
    state = models.CharField(max_length=12, choices=EligibilityState.choices)
    checked_at = models.DateTimeField(db_default=Now())
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-checked_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "state", "-checked_at", "-id"], name="eligibility_by_state")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "person"], name="one_eligibility_check_per_person"),
            models.CheckConstraint(
                condition=~models.Q(state="let_through") | models.Q(decided_at__isnull=False),
                name="let_through_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"eligibility check {self.code}"

    @property
    def may_apply(self) -> bool:
        """Whether the person may start an application."""
        return self.state in (EligibilityState.PASSED, EligibilityState.LET_THROUGH)
