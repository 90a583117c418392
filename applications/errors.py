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


class ChangedMeanwhile(Refusal):
    """Your application changed in another window after you opened this page. Read it through again, then submit."""


class NotYours(Refusal):
    """Only the person who applies can do this."""


class AlreadyWithdrawn(Refusal):
    """This application has been withdrawn already. You can submit it again until applications close."""
