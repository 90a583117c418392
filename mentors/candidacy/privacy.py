"""What a person gets of their own data: what they offered, and what they wrote about others."""

from __future__ import annotations

from typing import Any

from mentors.candidacy.models import Candidacy, CandidacyTie, Rating
from mentors.candidacy.states import DECIDED, CandidacyState


def personal_data(person: Any) -> dict[str, Any]:
    """Candidacies with what the person was told of them; ratings the person gave; ties they declared.

    A decision that was not sent is not in it, nor what experts wrote.
    """
    candidacies = Candidacy.objects.with_told().filter(person_id=person.pk).select_related("cohort", "track")
    ratings = Rating.objects.of(person).given().select_related("candidacy")
    return {
        "offers_to_mentor": [
            {
                "cohort": one.cohort.name,
                "stream": one.stream_name,
                "agenda": one.agenda,
                "track": one.track.name if one.track else "",
                "viewpoint": one.viewpoint,
                "plan": one.plan,
                "seats_asked": one.seats_asked,
                "hours": one.hours,
                "co_mentors": [f"{other.name} <{other.email}>" for other in one.co_mentors.all()],
                "state": one.state if one.is_told or one.state not in DECIDED else CandidacyState.SENT,
                "seats_given": one.seats_given if one.is_told else None,
                "word": one.word if one.is_told else "",
                "sent_at": one.sent_at,
                "decided_at": one.decided_at if one.is_told else None,
            }
            for one in candidacies.prefetch_related("co_mentors").order_by("pk")
        ],
        "ratings_of_mentors": [
            {"candidacy": one.candidacy.code, "value": one.value, "seats": one.seats, "comment": one.comment}
            for one in ratings.order_by("pk")
        ],
        "ties_with_candidates": list(
            CandidacyTie.objects.filter(person_id=person.pk).order_by("pk").values("candidacy__code", "kind")
        ),
    }
