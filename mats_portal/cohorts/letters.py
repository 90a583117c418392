"""Letters about belonging to a cohort and its dates."""

from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import AfterCrash
from mats_portal.people.invitations import still_open
from mats_portal.people.models import Invitation


def invitation_is_open(letter: Letter) -> bool:
    """Whether the invitation can still be accepted."""
    invitation = Invitation.objects.filter(code=letter.about.partition(":")[2]).first()
    return invitation is not None and still_open(invitation)


INVITATION = LetterKind(
    name="invitation",
    subject_template="You are invited to {offer}",
    template="cohorts/letters/invitation.txt",
    after_crash=AfterCrash.REPEAT,
    still_due=invitation_is_open,
    because="somebody of the programme invited this address",
    holds_secret=True,
)

EXTENSION = LetterKind(
    name="extension",
    subject_template="More time: {what}, {cohort}",
    template="cohorts/letters/extension.txt",
    after_crash=AfterCrash.REPEAT,
    because="a deadline of yours was moved",
)
