"""The moments at which a demo cohort can be seen, and the calendar that they are moments of.

Everything is one summer as it was planned; a whole number of days is added to every
date so that the chosen moment is today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mats_portal.cohorts.deadlines import end_of_day
from mats_portal.cohorts.states import MilestoneKind

ZONE = "America/Los_Angeles"


class Moment(StrEnum):
    """Where a cohort stands."""

    INTAKE_OPEN = "intake_open"
    SELECTION_UNDERWAY = "selection_underway"
    OFFERS_OUT = "offers_out"
    COHORT_RUNNING = "cohort_running"
    COHORT_FINISHED = "cohort_finished"

    def has_come(self, other: Moment) -> bool:
        """Whether a cohort at this moment has reached the other one."""
        order = list(Moment)
        return order.index(self) >= order.index(other)


# The day of the summer that is today at each moment.
TODAY_AT: Mapping[Moment, date] = {
    Moment.INTAKE_OPEN: date(2023, 5, 4),
    Moment.SELECTION_UNDERWAY: date(2023, 5, 14),
    Moment.OFFERS_OUT: date(2023, 5, 26),
    Moment.COHORT_RUNNING: date(2023, 7, 31),
    Moment.COHORT_FINISHED: date(2024, 2, 5),
}
OPENING: Mapping[MilestoneKind, date] = {
    MilestoneKind.INTEREST_OPENS: date(2023, 3, 9),
    MilestoneKind.APPLICATIONS_OPEN: date(2023, 4, 8),
    MilestoneKind.OFFERS_RELEASED: date(2023, 5, 22),
    MilestoneKind.TRAINING_STARTS: date(2023, 6, 5),
    MilestoneKind.IN_PERSON_STARTS: date(2023, 7, 3),
    MilestoneKind.EXTENSION_STARTS: date(2023, 9, 11),
}
CLOSING: Mapping[MilestoneKind, date] = {
    MilestoneKind.MENTORS_CLOSE: date(2023, 2, 28),
    MilestoneKind.APPLICATIONS_CLOSE: date(2023, 5, 7),
    MilestoneKind.REFERENCES_DUE: date(2023, 5, 15),
    MilestoneKind.REVIEWS_DUE: date(2023, 5, 16),
    MilestoneKind.RANKINGS_DUE: date(2023, 5, 19),
    MilestoneKind.ANSWERS_DUE: date(2023, 5, 29),
    MilestoneKind.PLANS_DUE: date(2023, 8, 3),
    MilestoneKind.IN_PERSON_ENDS: date(2023, 8, 31),
    MilestoneKind.EXTENSION_ENDS: date(2023, 12, 22),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The summer, moved by `days`."""

    days: int

    def instants(self) -> dict[MilestoneKind, datetime]:
        """Every milestone: what opens at the start of its day, what closes at the end of it, official time."""
        opening = {kind: self.start_of(day) for kind, day in OPENING.items()}
        return opening | {kind: end_of_day(day + timedelta(days=self.days), ZONE) for kind, day in CLOSING.items()}

    def start_of(self, day: date, hour: int = 0) -> datetime:
        """The hour of that day of the summer, in official time, moved."""
        moved = day + timedelta(days=self.days)
        return datetime(moved.year, moved.month, moved.day, hour, tzinfo=ZoneInfo(ZONE))


def calendar_at(moment: Moment, today: date) -> Calendar:
    """The calendar in which the moment is today."""
    return Calendar((today - TODAY_AT[moment]).days)
