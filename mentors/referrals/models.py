"""Organisations, the applicant's consent to each of them, and what was shared."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code
from mentors.referrals.states import STANDING, WAIT, ReferralState


class Organisation(models.Model):
    """Somebody who looks for people like a cohort's applicants. purpose: what for, as applicants read it."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="referral_organisations")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    purpose = models.CharField(max_length=300)
    added_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "name"], condition=Q(ended_at=None), name="one_organisation_of_a_name_per_cohort"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="organisation_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents, narrowed by adjectives."""

    def given(self) -> ConsentQuerySet:
        """Those that hold now."""
        return self.filter(withdrawn_at=None)

    def of(self, person: Any) -> ConsentQuerySet:
        """Those of one person."""
        return self.filter(application__person_id=person.pk)


class Consent(models.Model):
    """An applicant's yes to one organisation; a row is closed and another opened, never overwritten."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referral_consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="consents")
    given_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("given_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application", "organisation"],
                condition=Q(withdrawn_at=None),
                name="one_consent_per_application_and_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"consent to {self.organisation}"


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, narrowed by adjectives."""

    def standing(self) -> ReferralQuerySet:
        """Those shared, or about to be."""
        return self.filter(state__in=STANDING)

    def of(self, person: Any) -> ReferralQuerySet:
        """Those about one person."""
        return self.filter(consent__application__person_id=person.pk)


class Referral(models.Model):
    """What one organisation is told of one applicant: the name, the address, and `text`, which they read before.

    goes_at: not before then, and only while the consent holds. shared_name, shared_email: as they left.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="referral")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.ANNOUNCED)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(db_default=Now())
    goes_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_name = models.CharField(max_length=200, blank=True)
    shared_email = models.CharField(max_length=254, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-announced_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(goes_at__gte=F("announced_at") + WAIT), name="a_referral_is_announced_before_it_goes"
            ),
            models.CheckConstraint(
                condition=Q(state="announced", shared_at=None)
                | Q(state="shared", shared_at__gte=F("goes_at"))
                | Q(state="stopped"),
                name="no_referral_goes_before_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.code}"
