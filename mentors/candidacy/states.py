"""The life of a mentor's candidacy."""

from django.db.models import TextChoices


class CandidacyState(TextChoices):
    """What staff read. What seats are planned for it is theirs alone until the decisions are sent."""

    SENT = "sent", "Waiting for a decision"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ACCEPTED = "accepted", "Seats given"
    DECLINED = "declined", "No seats this time"


# What may follow what. A withdrawn candidacy can be sent again while candidacies are taken.
TRANSITIONS: dict[CandidacyState, frozenset[CandidacyState]] = {
    CandidacyState.SENT: frozenset({CandidacyState.WITHDRAWN, CandidacyState.ACCEPTED, CandidacyState.DECLINED}),
    CandidacyState.WITHDRAWN: frozenset({CandidacyState.SENT}),
    CandidacyState.ACCEPTED: frozenset(),
    CandidacyState.DECLINED: frozenset(),
}

DECIDED = (CandidacyState.ACCEPTED, CandidacyState.DECLINED)

# What the five points of an expert's rating mean.
ANCHORS = (
    "would not help scholars learn to do this research",
    "doubtful: the agenda or the mentorship is thin",
    "sound: some scholars would do good work here",
    "strong: an agenda and a mentor we want in the cohort",
    "outstanding: among the best mentors or agendas of the field",
)
LOWEST, HIGHEST = 1, len(ANCHORS)
MOST_SEATS = 30
