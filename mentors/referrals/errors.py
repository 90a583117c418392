"""What can be refused about referrals."""

from mats_portal.web.errors import Refusal


class NotAgreed(Refusal):
    """The applicant has not agreed to this organisation, or has taken it back. Choose another one, or leave it."""


class NotRejected(Refusal):
    """Only somebody who was told that there is no seat for them is referred. Tell them first."""


class NothingSaid(Refusal):
    """Say in a few sentences what you would tell a colleague of this person's work."""


class SaysNothing(Refusal):
    """The text holds a phrase that tells its reader nothing."""

    def __init__(self, phrase: str) -> None:
        super().__init__(f"It says “{phrase}”, which tells its reader nothing. Say what you saw.")


class ReferredAlready(Refusal):
    """This person is referred to that organisation already."""


class ReferralOver(Refusal):
    """This has left, or was stopped before. Load the page again to see which."""


class OrganisationThere(Refusal):
    """An organisation of this name is on the list. Take it off first, or use another name."""


class NothingSubmitted(Refusal):
    """Organisations can be chosen once the application is submitted."""
