"""A saved run of the matching, and the offers that come of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.web.codes import new_code
from mentors.states import LIVE, SEEN_BY_APPLICANT, OfferState, RoundState

_ENDED_BY_ANSWER = (OfferState.ACCEPTED, OfferState.DECLINED)
_TOLD = (OfferState.RELEASED, *_ENDED_BY_ANSWER, OfferState.LAPSED)


class SelectionRound(models.Model):
    """One run of the matching: what went in, what came out, and their hashes. Never changed, only set aside."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="selection_rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.MADE)
    inputs = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    result = models.JSONField()
    result_hash = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_round_of_a_number_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort"], condition=models.Q(state="prepared"), name="one_prepared_round_per_cohort"
            ),
            models.UniqueConstraint(
                fields=["cohort", "inputs_hash"],
                condition=models.Q(state="released"),
                name="the_same_round_is_released_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(released_at__isnull=False),
                name="a_released_round_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"

    def get_absolute_url(self) -> str:
        """The page that shows the result and releases it."""
        return reverse("mentors:round", args=[self.cohort.slug, self.code])

    @property
    def title(self) -> str:
        """How a heading names it."""
        return f"Round {self.number}"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers, narrowed by adjectives."""

    def live(self) -> OfferQuerySet:
        """Those that hold a seat without being accepted: prepared, or waiting for an answer."""
        return self.filter(state__in=LIVE)

    def open(self) -> OfferQuerySet:
        """Those released and waiting for an answer (the expiry is judged where it is acted on)."""
        return self.filter(state=OfferState.RELEASED)

    def pending(self) -> OfferQuerySet:
        """Those prepared and not sent."""
        return self.filter(state=OfferState.PENDING)

    def seen_by_applicant(self) -> OfferQuerySet:
        """Those that the applicant may know of: released once, however they ended."""
        return self.filter(state__in=SEEN_BY_APPLICANT, released_at__isnull=False)

    def in_cohort(self, cohort: Cohort) -> OfferQuerySet:
        """Those of one cohort."""
        return self.filter(application__cohort=cohort)

    def for_stream(self, stream: Stream) -> OfferQuerySet:
        """Those of one stream."""
        return self.filter(stream=stream)

    def of(self, person: Any) -> OfferQuerySet:
        """Those made to one person."""
        return self.filter(application__person_id=person.pk)


class Offer(models.Model):
    """A seat in a stream, held for one applicant until a deadline.

    round: the run it came from, empty for one made by hand or from the reserve;
    reserve_rank: the place in the stream's order from which the reserve was called;
    reason: why it was declined or withdrawn, or made by hand.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="offers")
    round = models.ForeignKey(SelectionRound, null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.PENDING)
    made_at = models.DateTimeField(db_default=Now())
    released_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reserve_rank = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stream", "state"], name="offers_of_a_stream"),
            models.Index(fields=["expires_at"], condition=models.Q(state="released"), name="offers_that_may_lapse"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state="accepted"),
                name="one_accepted_offer_per_application",
            ),
            models.UniqueConstraint(
                fields=["application", "stream"],
                condition=models.Q(state__in=["pending", "released", "accepted"]),
                name="one_live_offer_per_application_and_stream",
            ),
            models.CheckConstraint(condition=models.Q(state__in=OfferState.values), name="offer_in_a_known_state"),
            models.CheckConstraint(
                condition=~models.Q(state__in=_TOLD) | models.Q(released_at__isnull=False, expires_at__isnull=False),
                name="a_released_offer_has_its_moments",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="pending") | models.Q(released_at=None, answered_at=None),
                name="a_pending_offer_is_unreleased",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_ENDED_BY_ANSWER, answered_at__isnull=False)
                | (~models.Q(state__in=_ENDED_BY_ANSWER) & models.Q(answered_at=None)),
                name="only_an_answer_has_a_moment_of_answering",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at=None) | models.Q(expires_at__gt=models.F("released_at")),
                name="an_offer_expires_after_its_release",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.code}"

    @property
    def is_reserve(self) -> bool:
        """Whether it was called from the reserve."""
        return self.reserve_rank is not None
