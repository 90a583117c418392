"""What can be refused about answering offers and being a scholar."""

from mats_portal.web.errors import Refusal


class NotYourOffer(Refusal):
    """Only the person to whom an offer was made can answer it."""


class OfferLapsed(Refusal):
    """The time to answer this offer is over. Write to the programme staff if you still want the seat."""


class OfferWithdrawn(Refusal):
    """This offer is no longer open. Your home page shows what is."""


class OfferAnswered(Refusal):
    """You have answered this offer already. Write to the programme staff if you changed your mind."""


class OfferNotOverdue(Refusal):
    """This offer was answered or can still be answered. Nothing lapsed."""


class StreamWithoutMentor(Refusal):
    """This stream has no mentor at the moment, so nobody can join it yet. Please write to the programme staff."""


class NotInProgramme(Refusal):
    """Only somebody who is in the programme now can be moved, finish or leave. Load the page again."""


class SameStream(Refusal):
    """The scholar is in this stream already. Choose another one."""


class OtherCohort(Refusal):
    """A scholar can only change to a stream of the same cohort."""


class NobodyChosen(Refusal):
    """Choose at least one scholar."""


class CountDiffers(Refusal):
    """The number you typed is not the number of scholars you chose. Look at the list again, then type it."""


class ReasonMissing(Refusal):
    """Please say why: the reason is kept."""
