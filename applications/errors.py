"""What can be refused about applications."""

from collections.abc import Sequence
from datetime import datetime

from mats_portal.questionnaires.selectors import Problem
from mats_portal.web.errors import Refusal


class ApplicationsNotOpen(Refusal):
    """Applications to this cohort are not open yet. Leave your address, and we will write when they open."""


class ApplicationsClosed(Refusal):
    """Applications have closed. What you wrote is kept as a draft; write to us if something stopped you."""

    def __init__(self, closed_at: datetime | None = None) -> None:
        super().__init__("" if closed_at else "The closing date is not set yet, so nothing can be submitted today.")
        self.closed_at = closed_at


class OnlySomeStreamsOpen(Refusal):
    """Applications are open for some streams only. Take the others off your list, then submit."""


class StillOpen(Refusal):
    """Applications are still open for this person, who can submit without anybody’s help."""


class NothingLate(Refusal):
    """There is no late text of this application any more: it was submitted or withdrawn meanwhile."""


class ReasonNeeded(Refusal):
    """Say in a sentence why it is admitted: it is kept in the cohort’s history."""


class NotComplete(Refusal):
    """Something is missing in this draft. Give the person more time instead, so that they can finish it."""


class QuestionsMissing(Refusal):
    """Some questions still need an answer. Each is named below; open it, answer it, and submit again."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = list(problems)


class NoStreamChosen(Refusal):
    """Choose at least one stream before you submit: its mentors are the ones who read what you wrote."""


class UnknownStream(Refusal):
    """One of these streams is not offered in this cohort. Choose from the list and save again."""


class TooManyStreams(Refusal):
    """Too many streams."""


class StreamsChanged(Refusal):
    """Your list was changed in another window. It is shown as it is now: put it in order again, then save."""


class ChangedMeanwhile(Refusal):
    """Your application changed in another window after you opened this page. Read it through again, then submit."""


class NotYours(Refusal):
    """Only the person who applies can do this."""


class AlreadyWithdrawn(Refusal):
    """This application has been withdrawn already. You can submit it again until applications close."""


class ReferencesClosed(Refusal):
    """References are not taken any more."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence or "The date by which references had to be here has passed. Write to us if it matters."
        )


class TooManyReferences(Refusal):
    """Two references are the most. Take one back first, and name somebody else in its place."""


class AlreadyAsked(Refusal):
    """This person has been asked already. You can send the letter again from the list."""


class OwnAddress(Refusal):
    """This is an address of your own. A reference is written by somebody who knows your work."""


class AskedTooOften(Refusal):
    """Too many letters have been sent for now. Wait for an hour, or write to the person yourself."""


class ReferenceClosed(Refusal):
    """This reference has been answered, declined or taken back meanwhile, so nothing was changed."""


class NoFileAsked(Refusal):
    """This question takes no file. Open the page again: the questions may have changed."""


class TooManyUploads(Refusal):
    """You have uploaded many files within an hour. Try again later; what you have is kept."""


class ConcernOpen(Refusal):
    """You have raised a concern about this application, which waits. Tell programme staff what else you saw."""


class ConcernDecided(Refusal):
    """Somebody has decided on this concern meanwhile. Their decision and their reason are shown below."""


class OwnConcern(Refusal):
    """You raised this concern, so somebody else decides on it. Ask another member of the programme’s staff to look."""


class NothingToDoubt(Refusal):
    """Only what was submitted can be doubted. This application is a draft, or was withdrawn."""


class TooManyViews(Refusal):
    """You have kept thirty views of this cohort already. Remove one that you no longer use, then save this one."""


class NotYourView(Refusal):
    """Only the person who saved this view can remove it. Ask them, or save one of your own."""


class NobodyChosen(Refusal):
    """No application is chosen. Go back, tick some rows, or take all that the filters leave."""


class SelectionChanged(Refusal):
    """Other applications fit now than when you opened this page. Look at the new number, then confirm again."""


class NobodyToRemind(Refusal):
    """None of these can be reminded: they are submitted, closed, or were written to within a day. Choose drafts."""


class EligibilityFirst(Refusal):
    """A few questions come before the form: answer them, and start the application right after."""


class NothingToAnswer(Refusal):
    """This cohort asks nothing before the form. Go back, and start the application."""


class AlreadyEligible(Refusal):
    """Nothing stops this person any more: the application can be started."""


class PairChanged(Refusal):
    """One of the two was withdrawn or set aside meanwhile, so nothing was changed. Look at the list again."""


class NotJoined(Refusal):
    """This application is not set aside any more. Nothing was changed."""
