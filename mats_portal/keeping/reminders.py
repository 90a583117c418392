"""Administrators are reminded of requests before the 30 days are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mats_portal.keeping.letters import REMINDER
from mats_portal.keeping.selectors import waiting_erasures
from mats_portal.outbox.kinds import Due, ReminderKind
from mats_portal.people.selectors import holders_of
from mats_portal.people.states import Role

BEFORE = {"T-10d": timedelta(days=10), "T-3d": timedelta(days=3), "late": timedelta(0)}


def waiting_due(now: datetime) -> Iterator[Due]:
    """Every administrator, ten and three days before a request is due, and once when it is late."""
    near = list(waiting_erasures().filter(due_at__lte=now + max(BEFORE.values())))
    administrators = list(holders_of(Role.ADMIN)) if near else []
    for request in near:
        reached = [name for name, length in BEFORE.items() if request.due_at - length <= now]
        occasion = min(reached, key=lambda name: BEFORE[name])
        for administrator in administrators:
            if administrator.pk != request.person_id:
                yield Due(
                    person=administrator,
                    key=f"erasure:{request.code}:{administrator.code}:{occasion}",
                    facts={"due": f"{request.due_at:%d %B %Y}"},
                    about=f"keeping.erasurerequest:{request.code}",
                )


WAITING = ReminderKind(name="erasure waits", letter=REMINDER, due=waiting_due)
