"""The candidacy of a mentor, who mentors with them, and what experts made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream, Track
from mats_portal.journal.services import TO_UNDO
from mats_portal.web.codes import new_code
from mentors.candidacy.states import DECIDED, HIGHEST, LOWEST, MOST_SEATS, CandidacyState
from mentors.states import ConflictKind


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Candidacies, narrowed by adjectives."""

    def in_cohort(self, cohort: Cohort) -> CandidacyQuerySet:
        """Those of one cohort."""
        return self.filter(cohort=cohort)

    def standing(self) -> CandidacyQuerySet:
        """Not withdrawn."""
        return self.exclude(state=CandidacyState.WITHDRAWN)

    def undecided(self) -> CandidacyQuerySet:
        """Waiting for a decision."""
        return self.filter(state=CandidacyState.SENT)

    def with_told(self) -> CandidacyQuerySet:
        """With `is_told`: decided so long ago that it cannot be undone; before then its person knows nothing of it."""
        told = models.Q(state__in=DECIDED, decided_at__lte=Now() - TO_UNDO)
        known = models.Case(models.When(told, then=models.Value(True)), default=models.Value(False))
        return self.annotate(is_told=known)

    def planned(self) -> CandidacyQuerySet:
        """Waiting, with a decision that is written down and not sent."""
        return self.undecided().filter(seats_given__isnull=False)


class Candidacy(models.Model):
    """A person offers to mentor in a cohort.

    seats_asked: how many scholars they would take; hours: a week, for all of them together.
    seats_given: what staff mean to give (0: none), a secret of the staff until `is_told`.
    word: what the candidate is told with the decision. stream: what came of it.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="candidacies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="candidacies")
    state = models.CharField(max_length=10, choices=CandidacyState.choices, default=CandidacyState.SENT)
    stream_name = models.CharField(max_length=120)
    agenda = models.CharField(max_length=120)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidacies")
    viewpoint = models.CharField(max_length=60, blank=True)
    plan = models.TextField()
    seats_asked = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(db_default=Now())
    seats_given = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    stream = models.OneToOneField(
        Stream, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidacy", editable=False
    )

    is_told: bool  # only of rows that `with_told` read
    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "candidacies"
        ordering = ("sent_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "person"], name="one_candidacy_per_person_and_cohort"),
            models.CheckConstraint(
                condition=models.Q(seats_asked__gte=1, seats_asked__lte=MOST_SEATS), name="a_candidacy_asks_for_seats"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CandidacyState.values), name="candidacy_in_a_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=DECIDED, decided_at__isnull=False, seats_given__isnull=False)
                | (~models.Q(state__in=DECIDED) & models.Q(decided_at=None)),
                name="a_decided_candidacy_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(seats_given__gte=1),
                name="an_accepted_candidacy_has_seats",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | models.Q(seats_given=0), name="a_declined_one_has_none"
            ),
        ]

    def __str__(self) -> str:
        return self.stream_name

    def get_absolute_url(self) -> str:
        """Where staff and experts read it."""
        return reverse("candidacy:candidacy", args=[self.cohort.slug, self.code])


class CoMentor(models.Model):
    """Somebody who would mentor with the candidate; the address is where their invitation goes."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="co_mentors")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["candidacy", "email"], name="one_co_mentor_of_an_address"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="co_mentor_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name


class RatingQuerySet(models.QuerySet["Rating"]):
    """Ratings, narrowed by adjectives."""

    def given(self) -> RatingQuerySet:
        """Those that are in."""
        return self.filter(rated_at__isnull=False)

    def owed(self) -> RatingQuerySet:
        """Asked for and not given, of a candidacy that waits for a decision."""
        return self.filter(rated_at=None, candidacy__state=CandidacyState.SENT)

    def of(self, person: Any) -> RatingQuerySet:
        """Those of one expert."""
        return self.filter(expert_id=person.pk)


class Rating(models.Model):
    """An expert was asked about a candidacy, and what they said: a point from 1 to 5, the seats they would give."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="ratings")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ratings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["candidacy", "expert"], name="one_rating_per_expert_and_candidacy"),
            models.CheckConstraint(
                condition=models.Q(value=None, rated_at=None)
                | models.Q(value__gte=LOWEST, value__lte=HIGHEST, rated_at__isnull=False),
                name="a_rating_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class CandidacyTie(models.Model):
    """A declared tie between a person and a candidate: the candidacy vanishes for that person."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="ties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="candidacy_ties")
    kind = models.CharField(max_length=12, choices=ConflictKind.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["candidacy", "person"], name="one_tie_per_person_and_candidacy")
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"
