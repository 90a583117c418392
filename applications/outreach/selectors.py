"""Reads about channels and interest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now, TruncDate

from applications.outreach.models import Channel, Interest
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.reports.statistics import Share, share


def listed_channels() -> list[Channel]:
    """The channels offered on the forms, in their order."""
    return list(Channel.objects.filter(is_listed=True))


def listed_names() -> tuple[str, ...]:
    """Their names."""
    return tuple(channel.name for channel in listed_channels())


def all_channels() -> list[Channel]:
    """Every channel with how many interest forms name it (`times`), those on the forms first."""
    return list(Channel.objects.annotate(times=Count("named")).order_by("-is_listed", "position", "name"))


def is_open(cohort: Cohort) -> bool:
    """Whether the interest form takes addresses now, by the database's clock."""
    opened = Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.INTEREST_OPENS, at__lte=Now())
    return opened.exists()


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How many people named a channel, and their share of all who sent the form."""

    name: str
    is_community: bool
    share: Share


@dataclass(frozen=True, slots=True)
class Heard:
    """How people heard of a cohort: n forms, of which `silent` name no channel; one person may name several."""

    n: int
    silent: int
    community: Share
    channels: list[ChannelCount]

    @property
    def n_words(self) -> str:
        """n, as it is written under a figure."""
        return f"{self.n:,}"


def heard(cohort: Cohort) -> Heard:
    """The channels that interest forms name, most named first."""
    forms = Interest.objects.filter(cohort=cohort)
    n = forms.count()
    silent = forms.filter(named=None).count()
    community = forms.filter(named__channel__is_community=True).distinct().count()
    rows = Channel.objects.annotate(times=Count("named", filter=Q(named__interest__cohort=cohort)))
    counted: Any = rows.filter(Q(times__gt=0) | Q(is_listed=True)).order_by("-times", "position")
    channels = [ChannelCount(row.name, row.is_community, share(row.times, n)) for row in counted]
    return Heard(n, silent, share(community, n), channels)


def arrivals(cohort: Cohort) -> list[tuple[date, int]]:
    """How many forms came on each day that one came, by the reader's calendar."""
    days = Interest.objects.filter(cohort=cohort).annotate(day=TruncDate("at")).values("day")
    return list(days.annotate(n=Count("pk")).order_by("day").values_list("day", "n"))
