"""Channels, interest with the channels named, tracked links, recommendations, and what was done to be heard of."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse

from applications.outreach.states import Target
from mats_portal.cohorts.models import Cohort
from mats_portal.web.codes import new_code


class Channel(models.Model):
    """A way of hearing of the programme. The list is the portal's, so that cohorts can be compared."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    name = models.CharField(max_length=100)
    is_community = models.BooleanField(default=False, help_text="Reaches people who already care about AI safety.")
    is_listed = models.BooleanField(default=True, help_text="Offered on the forms.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="one_channel_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """Somebody left their address. One per address and cohort; sent again, the newer words count."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="interests")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    channels = models.ManyToManyField(Channel, through="InterestChannel", related_name="interests")
    other = models.TextField("anything else", blank=True)
    wants_reminders = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-at", "-id"], name="interests_by_time")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("cohort", Lower("email"), name="one_interest_per_address_and_cohort"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="interest_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return f"interest {self.code}"


class InterestChannel(models.Model):
    """One of the channels that somebody named."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="named")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="named")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["interest", "channel"], name="one_mention_per_channel")
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class Link(models.Model):
    """A short link that says by which channel somebody came. It counts visits, and keeps nothing of who visited."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="outreach_links")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="links")
    target = models.CharField(max_length=10, choices=Target.choices, default=Target.COHORT)
    label = models.CharField(max_length=200, blank=True, help_text="Where it is put, for staff.")
    visits = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.label or f"link {self.code}"

    def get_absolute_url(self) -> str:
        """The short address."""
        return reverse("outreach:go", args=[self.code])


class Recommendation(models.Model):
    """Somebody names a person who might apply. Staff write to that person once; `link` is what the letter carries.

    One for each two addresses and cohort; sent again before staff wrote, the newer words count.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="recommendations")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    why = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)
    by_email = models.EmailField(max_length=254)
    at = models.DateTimeField(db_default=Now())
    contacted_at = models.DateTimeField(null=True, blank=True)
    contacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.ForeignKey(Link, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations")

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-at", "-id"], name="recommendations_by_time")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("cohort", "email", "by_email", name="one_recommendation_between_two_addresses"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email"), by_email=Lower("by_email")),
                name="recommendation_addresses_are_lower_case",
            ),
            models.CheckConstraint(
                condition=models.Q(contacted_at=None, link=None)
                | models.Q(contacted_at__isnull=False, link__isnull=False, contacted_by__isnull=False),
                name="who_was_written_to_has_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.code}"


class Action(models.Model):
    """Something done so that people hear of a cohort: a post, a talk, a mail. It is marked on the arrivals chart."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="outreach_actions")
    on = models.DateField()
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="actions")
    audience = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    link = models.ForeignKey(Link, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.channel}: {self.audience}"
