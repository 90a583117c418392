"""Set the motivation floor of a cohort. It bars nobody: it shows who falls under it, and whom they would displace."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.rubrics.models import HIGHEST, LOWEST
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_text
from mentors.errors import ReasonMissing
from mentors.models import MotivationFloor
from mentors.selectors.floor import applications_below, current_floor
from mentors.services.seats import lock_cohort


class FloorUnchanged(Refusal):
    """This is the floor already. Choose another value, or leave it."""


class FloorOffScale(Refusal):
    """A floor is a mean of motivation scores, from 1 to 5."""


@transaction.atomic
def set_motivation_floor(*, cohort: Cohort, points: Decimal | None, reason: str, by: Any) -> MotivationFloor:
    """Set the floor, or take it away with None. What was set before stays in the log.

    Raises `ReasonMissing`, `FloorOffScale` and `FloorUnchanged`.
    """
    cohort = lock_cohort(cohort)
    reason = clean_text(reason).strip()[:1000]
    if not reason:
        raise ReasonMissing
    if points is not None and not LOWEST <= points <= HIGHEST:
        raise FloorOffScale
    before = current_floor(cohort)
    if before == points:
        raise FloorUnchanged
    below = applications_below(cohort, points).count()
    floor = MotivationFloor.objects.create(cohort=cohort, points=points, reason=reason, below=below, set_by=by)
    facts = {"from": _told(before), "to": _told(points), "reason": reason, "below": below}
    record(by=by, verb="set motivation floor", subject=floor, cohort=cohort, facts=facts)
    return floor


def _told(points: Decimal | None) -> str:
    return "none" if points is None else f"{points:.2f}"
