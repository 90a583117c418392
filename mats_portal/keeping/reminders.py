"""Administrators are reminded of requests before the 30 days are over, staff of what is removed soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.selectors import members_of
from mats_portal.cohorts.states import CohortRole
from mats_portal.keeping.letters import PURGE_REMINDER, REMINDER
from mats_portal.keeping.selectors import cohorts_to_purge, purge_due_at, waiting_erasures
from mats_portal.outbox.kinds import Due, ReminderKind
from mats_portal.people.selectors import holders_of
from mats_portal.people.states import Role
from mats_portal.web.links import absolute

BEFORE_PURGE = timedelta(days=14)
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


def purge_soon(now: datetime) -> Iterator[Due]:
    """The staff of a cohort, two weeks before its sensitive answers go, if there are any."""
    for cohort in cohorts_to_purge(now + BEFORE_PURGE, after=now):
        at: Any = purge_due_at(cohort)
        facts = {
            "cohort": cohort.name,
            "day": f"{at:%d %B %Y}",
            "url": absolute(reverse("keeping:sensitive", args=[cohort.slug])),
        }
        for person in members_of(cohort, CohortRole.STAFF):
            key = f"purge:{cohort.slug}:{person.code}:{at:%Y%m%d}"
            yield Due(person=person, key=key, facts=facts, cohort=cohort, about=f"cohorts.cohort:{cohort.slug}")


PURGE_SOON = ReminderKind(name="sensitive answers go soon", letter=PURGE_REMINDER, due=purge_soon)
