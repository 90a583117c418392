"""Remind those whose plan is due and not submitted, and only those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mats_portal.outbox.kinds import Due, ReminderKind
from research_plans.letters import UNSUBMITTED, unsubmitted_facts
from research_plans.selectors import unsubmitted
from scholars.models import Scholar

# Days before the deadline; each comes once, and a late start of the schedule skips the ones that are past.
STEPS = (7, 2, 1)


def due(now: datetime) -> Iterator[Due]:
    """A reminder for each step that has come and whose successor has not."""
    for step, nearer in zip(STEPS, (*STEPS[1:], 0), strict=True):
        for scholar in unsubmitted(
            Scholar.objects.all(), after=now + timedelta(days=nearer), before=now + timedelta(days=step)
        ):
            due_at: datetime = scholar.due_at  # type: ignore[attr-defined]
            yield Due(
                person=scholar.person,
                key=f"plan unsubmitted:{scholar.code}:{due_at:%Y%m%d%H%M}:T-{step}d",
                facts=unsubmitted_facts(scholar, due_at),
                cohort=scholar.cohort,
                about=f"scholars.scholar:{scholar.code}",
            )


REMINDER = ReminderKind(name="research plan due", letter=UNSUBMITTED, due=due)
