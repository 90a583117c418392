"""What the portal knows of a person's part in cohorts, for that person."""

from typing import Any

from mats_portal.people.models import Person


def personal_data(person: Person) -> dict[str, Any]:
    """Memberships and extensions."""
    return {
        "memberships": [
            {
                "cohort": row.cohort.name,
                "role": row.get_role_display(),
                "stream": row.stream.name if row.stream else None,
                "since": row.since.isoformat(),
                "until": row.until.isoformat() if row.until else None,
            }
            for row in person.memberships.select_related("cohort", "stream").order_by("since")
        ],
        "extensions": [
            {
                "cohort": row.cohort.name,
                "deadline": row.get_kind_display(),
                "until": row.at.isoformat(),
                "reason": row.reason,
            }
            for row in person.extensions.select_related("cohort").order_by("given_at")
        ],
    }
