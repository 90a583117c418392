"""Everything that is recorded of what a person did, for their own copy."""

from typing import Any

from scholars.alumni.models import Outcome


def personal_data(person: Any) -> dict[str, Any]:
    """All outcomes, by whatever method."""
    rows = Outcome.objects.of(person)
    return {
        "outcomes": list(rows.values("category", "method", "as_of", "organisation", "note", "recorded_at")),
    }
