"""What can be refused about interest and channels."""

from mats_portal.web.errors import Refusal


class InterestNotOpen(Refusal):
    """The form is not open yet. Please come back when the date is set."""


class ChannelInUse(Refusal):
    """Somebody has named this channel, so it cannot be removed. Take it off the forms instead."""


class ChannelNameTaken(Refusal):
    """There is a channel of this name already. Choose another name."""
