"""Reads about channels and interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from applications.models import Application
from applications.outreach.models import Action, Channel, Interest, Link, Recommendation
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.reports.statistics import Share, share

CAME_BY = "came_by"  # in a visitor's session: the code of a channel by the slug of a cohort


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
    found = forms.aggregate(
        n=Count("pk", distinct=True),
        silent=Count("pk", distinct=True, filter=Q(named=None)),
        community=Count("pk", distinct=True, filter=Q(named__channel__is_community=True)),
    )
    n, silent, community = found["n"], found["silent"], found["community"]
    rows = Channel.objects.annotate(times=Count("named", filter=Q(named__interest__cohort=cohort)))
    counted: Any = rows.filter(Q(times__gt=0) | Q(is_listed=True)).order_by("-times", "position")
    channels = [ChannelCount(row.name, row.is_community, share(row.times, n)) for row in counted]
    return Heard(n, silent, share(community, n), channels)


def arrivals(cohort: Cohort) -> list[tuple[date, int]]:
    """How many forms came on each day that one came, by the reader's calendar."""
    days = Interest.objects.filter(cohort=cohort).annotate(day=TruncDate("at")).values("day")
    return list(days.annotate(n=Count("pk")).order_by("day").values_list("day", "n"))


def actions_of(cohort: Cohort) -> list[Action]:
    """What was done so that people hear of the cohort, newest first."""
    return list(Action.objects.filter(cohort=cohort).select_related("channel", "link__channel", "by"))


def arrival_marks(cohort: Cohort) -> list[tuple[date, str]]:
    """The same for the chart of arrivals: the day, and the channel with whom it reaches."""
    rows = Action.objects.filter(cohort=cohort).order_by("on", "pk").values_list("on", "channel__name", "audience")
    return [(on, f"{channel}: {audience}") for on, channel, audience in rows]


def links_of(cohort: Cohort) -> list[Link]:
    """The cohort's links that staff put somewhere, newest first; those in letters to one person are not among them."""
    own = Link.objects.filter(cohort=cohort, recommendations=None)
    return list(own.select_related("channel", "cohort"))


def recommendations_of(cohort: Cohort) -> QuerySet[Any]:
    """Who was recommended to the cohort, each with the visits of their link and whether they began an application."""
    begun = Application.objects.filter(cohort=OuterRef("cohort"), person__email=OuterRef("email"))
    found = Recommendation.objects.filter(cohort=cohort).select_related("link", "contacted_by", "cohort")
    return found.annotate(has_applied=Exists(begun))


def waiting_recommendations(cohort: Cohort) -> list[datetime]:
    """Since when each recommendation waits that nobody has answered, oldest first."""
    waiting = recommendations_of(cohort).filter(contacted_at=None, has_applied=False)
    return list(waiting.order_by("at").values_list("at", flat=True))


def came_by(session: Mapping[str, Any], cohort: Cohort) -> Channel | None:
    """The channel of the link by which the visitor of this session came to the cohort, if they came by one."""
    code = dict(session.get(CAME_BY) or {}).get(cohort.slug)
    return Channel.objects.filter(code=code).first() if code else None
