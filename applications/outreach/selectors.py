"""Reads about channels and interest."""

from __future__ import annotations

from applications.outreach.models import Channel


def listed_channels() -> list[Channel]:
    """The channels offered on the forms, in their order."""
    return list(Channel.objects.filter(is_listed=True))


def listed_names() -> tuple[str, ...]:
    """Their names."""
    return tuple(channel.name for channel in listed_channels())
