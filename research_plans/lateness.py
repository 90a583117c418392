"""How a plan stands against its deadline. Pure; moments come from the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from research_plans.states import Standing

_DAY = timedelta(days=1)


def days_late(at: datetime, due_at: datetime | None) -> int:
    """Begun days after the deadline: 0 before it, 1 from the instant itself on. Without a deadline nothing is late."""
    if due_at is None or at < due_at:
        return 0
    return (at - due_at) // _DAY + 1


def standing(
    *, is_begun: bool, first_submitted_at: datetime | None, due_at: datetime | None, now: datetime
) -> Standing:
    """How a plan stands now. A plan that was first submitted in time stays so, whatever is submitted afterwards."""
    if first_submitted_at is not None:
        return Standing.LATE if days_late(first_submitted_at, due_at) else Standing.SUBMITTED
    if due_at is not None and now >= due_at:
        return Standing.MISSING
    return Standing.DRAFT if is_begun else Standing.NOT_STARTED
