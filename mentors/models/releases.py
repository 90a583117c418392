"""What applicants are told, frozen together, agreed by two people, and sent after a hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code
from mentors.models.offers import Offer, SelectionRound
from mentors.states import DecisionKind, FeedbackGroup, ReasonTag, ReleaseState

HOLD = timedelta(minutes=10)  # Between the second person's yes and the letters.
_AGREED = (ReleaseState.HOLDING, ReleaseState.SENT)
_OVER = (ReleaseState.SENT, ReleaseState.STOPPED)


class Release(models.Model):
    """Decisions of a cohort that go out together.

    prepared_by: whoever changed it last; only somebody else can confirm it. digest: of everything that was
    confirmed, asked again at the instant of the release. facts: the counts that its letters tell.
    ended_why: why it was stopped, for staff.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    round = models.ForeignKey(SelectionRound, null=True, on_delete=models.PROTECT, related_name="releases")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    goes_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_release_of_a_number_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state__in=["draft", "holding"]), name="one_release_under_way_per_cohort"
            ),
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("prepared_by")), name="a_release_takes_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AGREED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, goes_at__gte=F("confirmed_at") + HOLD),
                name="a_release_is_held_before_it_goes",
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(confirmed_by=None, confirmed_at=None, goes_at=None),
                name="a_draft_is_not_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, ended_at__isnull=False) | (~Q(state__in=_OVER) & Q(ended_at=None)),
                name="only_a_release_that_is_over_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(ended_at__gte=F("goes_at")), name="no_release_goes_before_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number}"

    def get_absolute_url(self) -> str:
        """Its page, for staff."""
        return reverse("mentors:release", args=[self.cohort.slug, self.code])


class DecisionWords(models.Model):
    """What a release says to everybody with one kind of decision, and of rejections to everybody in one group.

    praise_is_true: somebody has said that a phrase which the check of words would refuse is true of all of them.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    group = models.CharField(max_length=10, choices=FeedbackGroup.choices, blank=True)
    text = models.TextField(blank=True)
    tags = models.JSONField(default=list)
    praise_is_true = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "decision words"
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "kind", "group"], name="one_wording_per_kind_and_group"),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="words_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind="rejection", group__in=FeedbackGroup.values) | (~Q(kind="rejection") & Q(group="")),
                name="only_rejections_come_in_groups",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.group}".strip()

    @property
    def title(self) -> str:
        """What a heading says: the group of a rejection, otherwise the kind."""
        return FeedbackGroup(self.group).label if self.group else DecisionKind(self.kind).label

    @property
    def sentences(self) -> list[str]:
        """The reasons, as the letter says them."""
        return [ReasonTag(tag).label for tag in self.tags]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, narrowed by adjectives."""

    def told(self) -> DecisionQuerySet:
        """Those that went out: before, they are a secret."""
        return self.filter(release__state=ReleaseState.SENT)

    def of(self, person: Any) -> DecisionQuerySet:
        """Those about one person's applications."""
        return self.filter(application__person_id=person.pk)


class Decision(models.Model):
    """What one applicant is told in a release.

    The database holds kind, words and offer together: words of another kind, or somebody else's offer, are
    refused by foreign keys over both columns (migration `0006`). Nothing of it changes once it is confirmed.
    streams: of a place on the reserve, the codes of the streams that may call. subject, text: the letter as confirmed.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    words = models.ForeignKey(DecisionWords, on_delete=models.CASCADE, related_name="decisions")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.CASCADE, related_name="decisions")
    streams = models.JSONField(default=list)
    note = models.TextField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "offer"], name="an_offer_is_told_once_in_a_release"),
            models.UniqueConstraint(
                fields=["release", "application"], condition=Q(offer=None), name="one_decision_beside_offers"
            ),
            models.CheckConstraint(
                condition=Q(kind="offer", offer__isnull=False) | (~Q(kind="offer") & Q(offer=None)),
                name="an_offer_is_told_as_an_offer",
            ),
            ExclusionConstraint(
                name="nobody_is_told_two_kinds_of_decision",
                expressions=[
                    ("release", RangeOperators.EQUAL),
                    ("application", RangeOperators.EQUAL),
                    ("kind", RangeOperators.NOT_EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.code}"

    def get_absolute_url(self) -> str:
        """Its letter, for staff."""
        return reverse("mentors:decision", args=[self.release.cohort.slug, self.release.code, self.code])
