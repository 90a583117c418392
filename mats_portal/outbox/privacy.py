"""What letters know of a person, for their own download."""

from __future__ import annotations

from typing import Any

from mats_portal.outbox.selectors import listed_letters


def personal_data(person: Any) -> dict[str, Any]:
    """Every letter written to them: when, about what, its words, and what became of it."""
    letters = listed_letters().filter(recipient=person).order_by("id")
    return {
        "letters": [
            {
                "written_at": letter.planned_at.isoformat(),
                "address": letter.address,
                "subject": letter.subject,
                "text": letter.text,
                "state": letter.get_state_display(),
                "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
            }
            for letter in letters
        ]
    }
