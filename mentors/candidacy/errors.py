"""What can be refused about candidacies of mentors."""

from mats_portal.web.errors import Refusal


class OffersClosed(Refusal):
    """Offers to mentor are not taken now. Write to the programme staff, who can give you more time."""


class CandidacyDecided(Refusal):
    """This candidacy has been decided, so it cannot change any more. Write to the programme staff."""


class DecisionsUnderWay(Refusal):
    """Decisions on candidacies are being sent just now. Come back in ten minutes, or write to the programme staff."""


class StreamInUse(Refusal):
    """A stream that came of these decisions is in use already, so they cannot be undone."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is in use already, so the decisions stand. Change its seats under Streams.")


class NotAsked(Refusal):
    """You have not been asked about this candidacy, or it has been decided. Programme staff can ask you."""


class NotARating(Refusal):
    """Choose a point from 1 to 5: an empty rating cannot be sent."""


class AskChanged(Refusal):
    """Something changed since this preview was made. This is the new one: read it, then ask."""


class NobodyToAsk(Refusal):
    """Everybody has been asked already, or nobody chosen may rate what is left. Choose more people."""


class PlanChanged(Refusal):
    """A decision or a candidacy changed since this list was made. This is the new one: read it, then send."""


class NothingPlanned(Refusal):
    """No decision is written down yet. Give seats to the candidacies first, or 0."""


class SeatsBeyondCeiling(Refusal):
    """The seats given are more than the cohort has."""

    def __init__(self, given: int, ceiling: int) -> None:
        super().__init__(
            f"The streams would have {given} seats and the cohort has {ceiling}. "
            "Give fewer, or raise the seats in the cohort's settings."
        )


class StreamNamesClash(Refusal):
    """Two streams would have the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There would be two streams called “{name}”. Open the candidacy and change the name.")
