"""What a person gets of their own data: what they said of a visa."""

from __future__ import annotations

from typing import Any

from scholars.visas.models import Visa


def personal_data(person: Any) -> dict[str, Any]:
    """The answer and the days."""
    found = Visa.objects.filter(scholar__person_id=person.pk).select_related("scholar__cohort")
    names = ("need", "letter_on", "filed_on", "granted_on", "refused_on", "said_at")
    return {
        "visas": [{"cohort": one.scholar.cohort.name} | {name: getattr(one, name) for name in names} for one in found]
    }
