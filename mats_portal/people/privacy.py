"""What the portal knows about a person, for that person."""

from typing import Any

from mats_portal.people.models import Person


def personal_data(person: Person) -> dict[str, Any]:
    """The account: who, since when, which roles, which invitations."""
    return {
        "account": {
            "name": person.name,
            "email": person.email,
            "time_zone": person.time_zone,
            "joined_at": person.joined_at.isoformat(),
            "roles": [
                {
                    "role": role.get_role_display(),
                    "since": role.since.isoformat(),
                    "until": role.until and role.until.isoformat(),
                }
                for role in person.global_roles.order_by("since")
            ],
        }
    }
