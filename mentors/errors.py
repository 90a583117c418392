"""What can be refused about reviewing, ranking and selecting."""

from collections.abc import Iterable
from typing import Any

from mats_portal.web.errors import Refusal


class NotAReviewer(Refusal):
    """This person is neither a reviewer nor a mentor of a stream that the applicant chose. Choose somebody else."""


class HasConflict(Refusal):
    """This person has declared a tie with the applicant and cannot review the application. Choose somebody else."""


class AlreadyAssigned(Refusal):
    """This person has the application already."""


class AlreadyMarking(Refusal):
    """This person marks the question already. Choose somebody else."""

    def __init__(self, person: Any) -> None:
        super().__init__(f"{person} marks this question already. Leave them out and assign again.")


class NobodyAnswered(Refusal):
    """Nobody has answered this question whose answer this person may read. Choose another question or person."""


class NotAMarker(Refusal):
    """This answer is not yours to mark any more. Your queue shows what is left."""


class NothingToAssess(Refusal):
    """Only submitted applications can be reviewed."""


class ReviewFinished(Refusal):
    """The scores of this review are in, so it cannot be taken back."""


class HasWaived(Refusal):
    """This person said that they will not score the application, and may have read others' scores. Choose another."""


class NotYoursToWaive(Refusal):
    """Mentors of a chosen stream say this before their own scores are in. Load the page again to see what is left."""


class WaiverUnexplained(Refusal):
    """Say in a few words what the other reason is."""


class NotYoursToDiscuss(Refusal):
    """The discussion opens when your own scores are in, or when you leave the scoring to others."""


class NothingSaid(Refusal):
    """There is nothing in it yet. Write something, then send it."""


class TooLong(Refusal):
    """This is too long to keep. Please shorten it; your text is still here."""


class OthersHaveScored(Refusal):
    """Others have scored this application, and you may have read their scores; so this cannot be taken back."""


class AlreadyUndone(Refusal):
    """This assignment has been undone already. Nothing was changed."""


class NothingToUndo(Refusal):
    """Every review of this assignment has been begun or taken back already, so nothing is left to undo."""


class NobodyToNudge(Refusal):
    """Nobody whom you chose has a review left. Nothing was sent; load the page again."""


class PlanChanged(Refusal):
    """Something changed since this preview was made. This is the new one: read it, then assign."""


class StaleRanking(Refusal):
    """Somebody saved this ranking meanwhile. Your order is still below, not saved: compare, then save again."""

    def __init__(self, revision: int, saved_by: Any) -> None:
        super().__init__(
            f"{saved_by or 'Somebody'} saved this ranking meanwhile. "
            "Your order is still below, not saved: compare, then save again."
        )
        self.revision = revision


class NotAnApplicantOfStream(Refusal):
    """The list names somebody who is not, or no longer, an applicant to this stream. Load the page again."""


class NamedTwice(Refusal):
    """The list names somebody twice. Load the page again."""


class NobodyRanked(Refusal):
    """Nobody is ranked yet. Give at least one applicant a place before you say that the ranking is in."""


class MentorNotCommitted(Refusal):
    """No mentor of the stream has signed up yet, so nobody is selected for it. Remind them of the invitation."""

    def __init__(self, streams: Iterable[Any]) -> None:
        names = ", ".join(str(stream) for stream in streams)
        super().__init__(
            f"Not committed: no mentor of {names} has signed up yet, so nobody is selected for it. "
            "Remind them of the invitation, or invite them again."
        )


class NothingToMatch(Refusal):
    """No stream has said yet whom it would take. Rankings come first; the mentors who are missing are named below."""


class RoundStale(Refusal):
    """Something changed since this round was run: a ranking, a preference, a seat, an offer. Run the matching again."""


class RoundNotPrepared(Refusal):
    """The offers of this round are not prepared, or have been released already. Load the page again."""


class NoOffersInRound(Refusal):
    """This round makes no offers. Check the rankings and the seats, then run the matching again."""


class CountDiffers(Refusal):
    """The number you typed is not the number of letters."""

    def __init__(self, typed: int, count: int) -> None:
        super().__init__(
            f"You typed {typed}, and {count} letters would go out. Read the list again, then type its number."
        )


class AnswersDateMissing(Refusal):
    """Set the date by which answers are due, in the future: an offer says until when it holds."""


class OfferEnded(Refusal):
    """This offer has ended already: it was answered, withdrawn, or not answered in time."""


class OfferExists(Refusal):
    """There is an offer of this stream to this applicant already, waiting or accepted."""


class NoSeatLeft(Refusal):
    """All seats are taken or held by offers that wait for an answer."""


class ReasonMissing(Refusal):
    """Please say why: the reason is kept with the offer."""


class SeatAccepted(Refusal):
    """You have accepted a seat, so the application stays. Write to the programme staff if you cannot come."""


class NotWaitingForStream(Refusal):
    """This applicant is not waiting for this stream: choose a stream on their list, and somebody without an offer."""


class NoRoomForPair(Refusal):
    """The stream, the seats it shares or the cohort has no free seat for this pair. Make room first."""


class ReleaseUnderWay(Refusal):
    """Another release of this cohort is under way. Send it or stop it first."""


class NothingToRelease(Refusal):
    """Nobody is left to be told anything of this kind. Prepare offers, or wait for the rankings, then come back."""


class ReleaseOver(Refusal):
    """This release is not open for that any more: it was confirmed, sent or stopped meanwhile. Load the page again."""


class SecondPersonMissing(Refusal):
    """You prepared or changed this release, so somebody else of the programme staff has to confirm it."""


class ReleaseNotReady(Refusal):
    """Something is still missing from this release. What it is stands at its head."""


class NothingHeld(Refusal):
    """No seat waits for your word any more. Somebody else has decided, perhaps a moment ago."""


class HeldChanged(Refusal):
    """Another number of seats waits by now. This is how it stands: look again, then decide."""
