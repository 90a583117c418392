"""What reports know of a person, for their own download."""

from __future__ import annotations

from typing import Any

from mats_portal.reports.models import Remark


def personal_data(person: Any) -> dict[str, Any]:
    """The remarks they made on reports."""
    remarks = Remark.objects.filter(by=person).select_related("cohort").order_by("at", "id")
    return {
        "remarks": [
            {"cohort": one.cohort.name, "report": one.report, "at": one.at.isoformat(), "text": one.text}
            for one in remarks
        ]
    }
