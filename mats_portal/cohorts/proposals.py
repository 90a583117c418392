"""Dates of a cohort, proposed and looked over before they are kept. Plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from mats_portal.cohorts.deadlines import end_of_day, one_month_after, start_of_day
from mats_portal.cohorts.states import CLOSING_KINDS, MilestoneKind

Dates = Mapping[MilestoneKind, datetime]

# Days from the in-person start, as the cohorts so far had them.
USUAL_DAYS = {
    MilestoneKind.MENTORS_CLOSE: -128,
    MilestoneKind.INTEREST_OPENS: -120,
    MilestoneKind.APPLICATIONS_OPEN: -93,
    MilestoneKind.APPLICATIONS_CLOSE: -64,
    MilestoneKind.REFERENCES_DUE: -54,
    MilestoneKind.REVIEWS_DUE: -52,
    MilestoneKind.RANKINGS_DUE: -49,
    MilestoneKind.OFFERS_RELEASED: -45,
    MilestoneKind.ANSWERS_DUE: -38,
    MilestoneKind.TRAINING_STARTS: -28,
    MilestoneKind.IN_PERSON_STARTS: 0,
    MilestoneKind.IN_PERSON_ENDS: 67,
    MilestoneKind.EXTENSION_STARTS: 77,
    MilestoneKind.EXTENSION_ENDS: 196,
    MilestoneKind.SENSITIVE_REMOVED: 327,  # a year after answers are due
}


def proposed_dates(in_person_on: date, zone_name: str) -> dict[MilestoneKind, datetime]:
    """All milestones of a cohort that meets in person from a day on; research plans are due one month later."""
    days = {kind: in_person_on + timedelta(days=offset) for kind, offset in USUAL_DAYS.items()}
    days[MilestoneKind.PLANS_DUE] = one_month_after(in_person_on)
    return {
        kind: end_of_day(on, zone_name) if kind in CLOSING_KINDS else start_of_day(on, zone_name)
        for kind, on in days.items()
    }


def shifted_dates(dates: Dates, from_zone: str, in_person_on: date, to_zone: str) -> dict[MilestoneKind, datetime]:
    """The milestones of an earlier cohort, moved so that its in-person phase starts on the day.

    Times of day stay what they were on the wall, in the new cohort's zone. Without an
    in-person start to measure from, the proposal is the usual one.
    """
    if (start := dates.get(MilestoneKind.IN_PERSON_STARTS)) is None:
        return proposed_dates(in_person_on, to_zone)
    old, new = ZoneInfo(from_zone), ZoneInfo(to_zone)
    shift = timedelta(days=(in_person_on - start.astimezone(old).date()).days)
    return {kind: (at.astimezone(old).replace(tzinfo=None) + shift).replace(tzinfo=new) for kind, at in dates.items()}


def order_warnings(dates: Dates) -> list[str]:
    """Sentences on milestones that come in an unusual order, or whose partner is missing."""
    in_order = [kind for kind in MilestoneKind if kind in dates]
    found = [
        f"“{later.label}” comes before “{earlier.label}”."
        for earlier, later in pairwise(in_order)
        if dates[later] < dates[earlier]
    ]
    for opening, closing in (
        (MilestoneKind.APPLICATIONS_OPEN, MilestoneKind.APPLICATIONS_CLOSE),
        (MilestoneKind.IN_PERSON_STARTS, MilestoneKind.PLANS_DUE),
        (MilestoneKind.OFFERS_RELEASED, MilestoneKind.ANSWERS_DUE),
    ):
        if opening in dates and closing not in dates:
            found.append(f"“{closing.label}” has no date, so nothing can be handed in.")
    return found
