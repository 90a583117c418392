"""What the portal knows of a person as a scholar, for their own copy. Support's part is kept and given apart."""

from typing import Any

from scholars.models import Scholar
from scholars.policies import offers_to


def personal_data(person: Any) -> dict[str, Any]:
    """Offers, answers, enrolment and changes of stream."""
    offers = offers_to(person).select_related("stream", "application__cohort")
    scholarships = Scholar.objects.of(person).select_related("cohort", "stream")
    return {
        "offers": [
            {
                "cohort": one.application.cohort.name,
                "stream": one.stream.name,
                "state": one.state,
                "released_at": one.released_at,
                "expires_at": one.expires_at,
                "answered_at": one.answered_at,
                "reason": one.reason,
            }
            for one in offers
        ],
        "scholar": [
            {
                "cohort": one.cohort.name,
                "stream": one.stream.name,
                "state": one.state,
                "enrolled_at": one.enrolled_at,
                "ended_at": one.ended_at,
                "changes_of_stream": [
                    {"from": str(switch.origin), "to": str(switch.target), "at": switch.at, "reason": switch.reason}
                    for switch in one.switches.select_related("origin", "target")
                ],
            }
            for one in scholarships
        ],
    }
