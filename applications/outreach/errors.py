"""What can be refused about interest and channels."""

from mats_portal.web.errors import Refusal


class InterestNotOpen(Refusal):
    """The form is not open yet. Please come back when the date is set."""


class ChannelInUse(Refusal):
    """This channel is in use, so it cannot be removed. Take it off the forms instead."""


class ChannelNameTaken(Refusal):
    """There is a channel of this name already. Choose another name."""


class AlreadyContacted(Refusal):
    """This person has been written to already. Nobody gets more than one letter of this kind."""


class HasApplied(Refusal):
    """This person has an application already, so there is nothing to write about."""
