"""Leave an address; change the list of channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from applications.outreach.errors import ChannelInUse, ChannelNameTaken, InterestNotOpen
from applications.outreach.models import Channel, Interest, InterestChannel
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record


@transaction.atomic
def leave_interest(
    *, cohort: Cohort, name: str, email: str, channels: Sequence[Channel], other: str, wants_reminders: bool
) -> Interest:
    """Keep somebody's interest; sent again from the same address, the newer words count.

    Raises `InterestNotOpen` before the opening, by the database's clock.
    """
    opened = Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.INTEREST_OPENS, at__lte=Now())
    if not opened.exists():
        raise InterestNotOpen
    facts = {"name": name, "other": other, "wants_reminders": wants_reminders}
    interest, _ = Interest.objects.update_or_create(cohort=cohort, email=email.lower(), defaults=facts)
    interest.named.exclude(channel__in=channels).delete()
    InterestChannel.objects.bulk_create(
        [InterestChannel(interest=interest, channel=channel) for channel in channels], ignore_conflicts=True
    )
    return interest


@transaction.atomic
def save_channel(*, channel: Channel | None, name: str, is_community: bool, is_listed: bool, by: Any) -> Channel:
    """Add a channel at the end of the list, or change one. Raises `ChannelNameTaken`."""
    same = Channel.objects.select_for_update().filter(name__iexact=name)
    if (same.exclude(pk=channel.pk) if channel else same).exists():
        raise ChannelNameTaken
    if channel is None:
        last = Channel.objects.filter(is_listed=True).aggregate(last=Max("position"))["last"] or 0
        channel = Channel(position=last + 1)
    channel.name, channel.is_community, channel.is_listed = name, is_community, is_listed
    channel.save()
    facts = {"name": name, "is_community": is_community, "is_listed": is_listed}
    record(by=by, verb="save channel", subject=channel, facts=facts)
    return channel


@transaction.atomic
def order_channels(*, codes: Sequence[str], by: Any) -> None:
    """Put the channels in this order; those not named keep their place after them."""
    channels = {channel.code: channel for channel in Channel.objects.select_for_update()}
    named = [channels[code] for code in codes if code in channels]
    rest = [channel for channel in channels.values() if channel not in named]
    for position, channel in enumerate([*named, *sorted(rest, key=lambda one: one.position)], 1):
        channel.position = position
    Channel.objects.bulk_update(channels.values(), ["position"])


@transaction.atomic
def remove_channel(*, channel: Channel, by: Any) -> None:
    """Remove a channel that nobody has named and no link or action uses; raises `ChannelInUse`."""
    locked = Channel.objects.select_for_update().get(pk=channel.pk)
    if locked.named.exists() or locked.links.exists() or locked.actions.exists():
        raise ChannelInUse
    record(by=by, verb="remove channel", subject=locked, facts={"name": locked.name})
    locked.delete()
