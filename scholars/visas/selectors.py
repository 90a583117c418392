"""How far each scholar's visa is, and how long there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import dates_of, open_roles
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from scholars.models import Scholar
from scholars.visas.models import Visa
from scholars.visas.states import LEAD_WEEKS, SETTLED, URGENT_FIRST, Step

LEAD = timedelta(weeks=LEAD_WEEKS)


@dataclass(frozen=True, slots=True)
class Row:
    """One scholar: how far it is, and the whole days from accepting to the start (none while the start is not set)."""

    scholar: Scholar
    visa: Visa | None
    step: Step
    lead_days: int | None
    is_short: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.step not in SETTLED


def scholars_with_visas_visible_to(person: Any) -> QuerySet[Scholar]:
    """Active scholars: oneself, and those of cohorts one runs. Nobody else, mentors neither."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    found = Scholar.objects.active().filter(cohort__in=run) | Scholar.objects.active().of(person)
    return found.select_related("person", "cohort", "stream", "visa")


def start_of(cohort: Cohort) -> datetime | None:
    """When the in-person phase begins."""
    return dates_of(cohort).get(MilestoneKind.IN_PERSON_STARTS)


def row_of(scholar: Scholar, start: datetime | None) -> Row:
    """One scholar's row."""
    visa: Visa | None = getattr(scholar, "visa", None)
    lead = start - scholar.enrolled_at if start is not None else None
    return Row(
        scholar=scholar,
        visa=visa,
        step=visa.step if visa else Step.UNSAID,
        lead_days=max(lead.days, 0) if lead is not None else None,
        is_short=lead is not None and lead < LEAD,
    )


def visa_rows(person: Any, cohort: Cohort) -> list[Row]:
    """The cohort's active scholars whom the person may see, what is open first, then by name; two queries."""
    start = start_of(cohort)
    found = scholars_with_visas_visible_to(person).filter(cohort=cohort).exclude(person_id=person.pk)
    rows = [row_of(one, start) for one in found]
    return sorted(rows, key=lambda row: (URGENT_FIRST.index(row.step), row.scholar.person.name))


def counts_of_steps(cohort: Cohort) -> dict[Step, int]:
    """How many active scholars are at each step."""
    scholars = Scholar.objects.active().in_cohort(cohort).select_related("visa")
    counts = Counter(row_of(one, None).step for one in scholars)
    return {step: counts[step] for step in Step}
