"""The life of a support request."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What a scholar may ask for."""

    DEBUGGING = "debugging", "Debugging: something does not work"
    PLANNING = "planning", "Planning: what to do next"
    UNBLOCKING = "unblocking", "Unblocking: something or somebody is in the way"


class RequestState(TextChoices):
    """The scholar reads these words, too."""

    WAITING = "waiting", "waiting"
    TAKEN = "taken", "with support"
    CLOSED = "closed", "closed"
    WITHDRAWN = "withdrawn", "taken back"


# From a state to those that may follow it.
TRANSITIONS = {
    RequestState.WAITING: (RequestState.TAKEN, RequestState.WITHDRAWN),
    RequestState.TAKEN: (RequestState.CLOSED, RequestState.WITHDRAWN),
    RequestState.CLOSED: (RequestState.TAKEN,),
    RequestState.WITHDRAWN: (),
}
OPEN_STATES = (RequestState.WAITING, RequestState.TAKEN)


class Closing(TextChoices):
    """How a request ended, as support sees it."""

    SOLVED = "solved", "Solved"
    PARTLY = "partly", "Partly solved"
    PASSED_ON = "passed_on", "Passed on, as the scholar wished"
    NOT_SOLVED = "not_solved", "Not solved"
