"""What must hold of what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from mats_portal.keeping.selectors import cohorts_to_purge
from mats_portal.web.clock import database_now
from mats_portal.web.invariants import Invariant, sql

PATIENCE = timedelta(days=2)  # the schedule runs every night


def _overdue() -> Iterable[str]:
    return [cohort.slug for cohort in cohorts_to_purge(database_now() - PATIENCE)]


INVARIANTS = (
    Invariant("No sensitive answer is kept beyond its day", _overdue),
    sql(
        "Whoever was erased has neither name nor address",
        "SELECT request.code FROM keeping_erasurerequest request JOIN people_person person"
        " ON person.id = request.person_id WHERE request.state = 'done'"
        " AND (person.email NOT LIKE '%@erased.invalid' OR person.is_active)",
    ),
)
