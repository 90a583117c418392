"""Say whether a visa is needed, and keep the days of its steps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.journal.services import record
from scholars.models import Scholar
from scholars.states import ScholarState
from scholars.visas.errors import NotComing, StepsOutOfOrder, StepsWithoutNeed, VisaChanged
from scholars.visas.models import Visa
from scholars.visas.states import Need


@dataclass(frozen=True, slots=True)
class Steps:
    """What is known: the answer, and the day of each step that was taken."""

    need: Need
    letter_on: date | None = None
    filed_on: date | None = None
    granted_on: date | None = None
    refused_on: date | None = None


@transaction.atomic
def keep_visa(*, scholar: Scholar, steps: Steps, by: Any, seen: str | None = None) -> Visa:
    """Keep what the scholar says, or what staff know. The journal tells that, and not what.

    seen: `Visa.moment` of what they read before ("" for nothing), where that is known.
    Raises `NotComing`, `VisaChanged`, `StepsWithoutNeed` and `StepsOutOfOrder`.
    """
    locked = Scholar.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=scholar.pk)
    if locked.state != ScholarState.ACTIVE:
        raise NotComing
    there = Visa.objects.filter(scholar=locked).first()
    if seen is not None and seen != (there.moment if there else ""):
        raise VisaChanged
    days = (steps.letter_on, steps.filed_on, steps.granted_on, steps.refused_on)
    if steps.need != Need.NEEDED and any(days):
        raise StepsWithoutNeed
    answered = steps.granted_on or steps.refused_on
    if (steps.granted_on and steps.refused_on) or (answered and (not steps.filed_on or answered < steps.filed_on)):
        raise StepsOutOfOrder
    visa, _ = Visa.objects.update_or_create(scholar=locked, defaults=asdict(steps) | {"said_at": Now()})
    record(by=by, verb="keep visa", subject=locked, cohort=locked.cohort)
    return visa
