"""The lives of rounds, offers and releases; kinds of conflicts of interest and of decisions; why a score is waived."""

from django.db.models import TextChoices


class ConflictKind(TextChoices):
    """The tie between a person and an applicant."""

    FAMILY = "family", "Family or partner"
    FRIEND = "friend", "Close friend"
    COLLEAGUE = "colleague", "Works or worked closely with me"
    CO_AUTHOR = "co_author", "Co-author"
    STUDENT = "student", "My student or employee"
    REFEREE = "referee", "I recommended them"
    OTHER = "other", "Another tie"


class WaiverReason(TextChoices):
    """Why a mentor will not score an applicant of their stream."""

    NO_TIME = "no_time", "No time to read it with care"
    OUTSIDE_FIELD = "outside_field", "Outside what I can judge"
    CO_MENTOR = "co_mentor", "Another mentor of the stream scores it"
    NOT_FOR_STREAM = "not_for_stream", "The work does not fit the stream"
    OTHER = "other", "Another reason"


class ScoreOrder(TextChoices):
    """How the scores of a round are put in order."""

    ESTIMATE = "estimate", "Calibrated mean"
    RAW = "raw", "Raw mean"
    SPREAD = "spread", "Widest disagreement"
    CUT = "cut", "Closest to the cut"


class RoundState(TextChoices):
    """A round is a saved result; at most one at a time is prepared; a released one is history."""

    MADE = "made", "Result saved"
    PREPARED = "prepared", "Offers prepared"
    RELEASED = "released", "Offers released"
    REPLACED = "replaced", "Set aside"


class OfferState(TextChoices):
    """The inner names and what staff read. What the applicant reads stands in `PUBLIC_WORDING`."""

    PENDING = "pending", "Prepared, not sent"
    RELEASED = "released", "Waiting for the answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What may follow what. A pending offer is a secret of the staff; from the release on
# exactly one of the four last states ends it, decided by one conditional update of its row.
TRANSITIONS: dict[OfferState, frozenset[OfferState]] = {
    OfferState.PENDING: frozenset({OfferState.RELEASED, OfferState.WITHDRAWN}),
    OfferState.RELEASED: frozenset({OfferState.ACCEPTED, OfferState.DECLINED, OfferState.LAPSED, OfferState.WITHDRAWN}),
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.LAPSED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}

PUBLIC_WORDING = {
    OfferState.RELEASED: "Waiting for your answer",
    OfferState.ACCEPTED: "You accepted",
    OfferState.DECLINED: "You declined",
    OfferState.LAPSED: "Not answered in time",
    OfferState.WITHDRAWN: "No longer open",
}

LIVE = (OfferState.PENDING, OfferState.RELEASED)  # they hold a seat until they end
SEEN_BY_APPLICANT = tuple(PUBLIC_WORDING)


class ReleaseState(TextChoices):
    """A draft can be changed; what is held is frozen and can be stopped; what was sent or stopped stays as it is."""

    DRAFT = "draft", "Draft"
    HOLDING = "holding", "Goes out soon"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped"


class DecisionKind(TextChoices):
    """What an applicant is told."""

    OFFER = "offer", "Offer"
    RESERVE = "reserve", "Reserve"
    REJECTION = "rejection", "Rejection"


class FeedbackGroup(TextChoices):
    """How far a rejected application came; feedback is written for each group. Never shown to applicants by name."""

    RESERVE = "reserve", "On the reserve to the end"
    RANKED = "ranked", "Ranked, below every bar"
    READ = "read", "Read, ranked by no stream"
    UNREAD = "unread", "Not reviewed"


class ReasonTag(TextChoices):
    """What weighed most, as the letter says it."""

    EVIDENCE = "evidence", "There was little finished technical work to judge by."
    DEPTH = "depth", "Answers stayed general where a question asked for one point, worked out."
    BACKGROUND = "background", "The background knowledge that the chosen streams build on was not there yet."
    FIT = "fit", "Your interests and what the chosen streams work on did not meet."
    MOTIVATION = "motivation", "It did not become clear what draws you to this work."
    TIME = "time", "Your dates or hours did not fit the programme."
    SEATS = "seats", "Streams had fewer seats than people whom they would have taken."


class HeldWhy(TextChoices):
    """Why the reserve was not called by itself."""

    COHORT = "cohort", "Many were called within a day"
    STREAM = "stream", "All seats of the stream were called on within a day"
