"""Assign the reviews that would tell most, as previewed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.web.text import counted
from mentors.errors import PlanChanged
from mentors.selectors.next_reviews import next_plan
from mentors.services.assigning import assign_batch


@transaction.atomic
def assign_next_reviews(*, cohort: Cohort, k: int, count: int, cap: int | None, digest: str, by: Any) -> int:
    """Assign as previewed, as a batch that can be undone: the plan is made anew under the cohort's lock.

    Returns how many reviews were assigned. Raises `PlanChanged` when it is not the one that was shown.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    plan = next_plan(cohort, by, k=k, count=count, cap=cap)
    if plan.digest != digest:
        raise PlanChanged
    title = counted(len(plan.rows), "next best review", "next best reviews") + f" for the first {k}"
    assign_batch(cohort=cohort, pairs=plan.pairs, title=title, by=by)
    return len(plan.rows)
