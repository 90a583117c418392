"""Channel, and a person's interest with the channels they named."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Now

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
