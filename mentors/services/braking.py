"""What staff decide about the reserve: how fast it goes by itself, and whether what was held back goes on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mentors.errors import HeldChanged, NothingHeld
from mentors.models import HeldCall, Offer, ReserveBrake
from mentors.services.reserve import offer_to_reserve
from mentors.services.seats import lock_cohort, lock_streams


@transaction.atomic
def set_reserve_brake(*, cohort: Cohort, most: int | None, by: Any) -> None:
    """Say how many people are called in 24 hours by themselves; None goes back to what the portal proposes.

    0: nobody is called without staff. What is held back stays so until staff decide on it.
    """
    lock_cohort(cohort)
    before = ReserveBrake.objects.filter(cohort=cohort).values_list("most", flat=True).first()
    brake, _ = ReserveBrake.objects.update_or_create(cohort=cohort, defaults={"most": most})
    facts = {"from": _told(before), "to": _told(most)}
    record(by=by, verb="set reserve brake", subject=brake, cohort=cohort, facts=facts)


def _told(most: int | None) -> str:
    return "as proposed" if most is None else str(most)


@transaction.atomic
def call_held(*, cohort: Cohort, expected: int, by: Any) -> list[Offer]:
    """Let the reserve go on: call the next for every seat that waits, and count calls anew from now.

    expected: how many seats they saw waiting. Raises `NothingHeld` and `HeldChanged`.
    """
    offers = []
    for held in _held(cohort, expected):
        offer = offer_to_reserve(stream=held.stream, by=by)
        HeldCall.objects.filter(pk=held.pk).update(ended_at=Now(), offer=offer)
        offers += [offer] if offer is not None else []
    ReserveBrake.objects.update_or_create(cohort=cohort, defaults={"agreed_at": Now()})
    facts = {"seats": expected, "called": len(offers)}
    record(by=by, verb="let reserve go on", subject=cohort, cohort=cohort, facts=facts)
    return offers


@transaction.atomic
def leave_seats_free(*, cohort: Cohort, expected: int, by: Any) -> None:
    """Call nobody for the seats that wait. Raises `NothingHeld` and `HeldChanged`."""
    held = _held(cohort, expected)
    HeldCall.objects.filter(pk__in=[one.pk for one in held]).update(ended_at=Now())
    record(by=by, verb="leave seats free", subject=cohort, cohort=cohort, facts={"seats": expected})


def _held(cohort: Cohort, expected: int) -> list[HeldCall]:
    lock_cohort(cohort)
    lock_streams(cohort)
    held = list(HeldCall.objects.waiting().in_cohort(cohort).select_related("stream__cohort"))
    if not held:
        raise NothingHeld
    if len(held) != expected:
        raise HeldChanged
    return held
