"""What is still to be arranged before a new cohort can take applications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.selectors import dates_of
from mats_portal.cohorts.states import CohortRole, MilestoneKind


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One thing to arrange: what it is, what is missing, where it is done, and whether it is."""

    label: str
    note: str
    url: str
    is_done: bool


def setup_steps(cohorts: Iterable[Cohort], now: datetime) -> dict[Cohort, list[SetupStep]]:
    """What there is to arrange in each cohort, in the order in which it is best done.

    Cohorts in which all of it is done, or whose applications have closed, are left out. One statement for all
    cohorts, beside their milestones, which may be prefetched.
    """
    waiting = [cohort for cohort in cohorts if not _has_closed(cohort, now)]
    counts = _counts_of(waiting) if waiting else {}
    found = {cohort: _steps_of(cohort, *counts.get(cohort.pk, (0, 0))) for cohort in waiting}
    return {cohort: steps for cohort, steps in found.items() if not all(step.is_done for step in steps)}


def _has_closed(cohort: Cohort, now: datetime) -> bool:
    closes = dates_of(cohort).get(MilestoneKind.APPLICATIONS_CLOSE)
    return closes is not None and closes <= now


def _counts_of(cohorts: list[Cohort]) -> dict[int, tuple[int, int]]:
    """Per cohort: streams with a seat, and how many of them have a mentor who has joined."""
    mentors = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=OuterRef("pk"))
    streams = Stream.objects.filter(cohort__in=cohorts, seats__gt=0).alias(has_mentor=Exists(mentors))
    rows = streams.values("cohort").annotate(all=Count("pk"), mentored=Count("pk", filter=Q(has_mentor=True)))
    return {row["cohort"]: (row["all"], row["mentored"]) for row in rows.order_by()}


def _steps_of(cohort: Cohort, streams: int, with_mentor: int) -> list[SetupStep]:
    dates = dates_of(cohort)
    has_dates = {MilestoneKind.APPLICATIONS_OPEN, MilestoneKind.APPLICATIONS_CLOSE} <= dates.keys()
    slug = [cohort.slug]
    missing = streams - with_mentor
    return [
        SetupStep(
            "Set the dates",
            "At least when applications open and when they close. Reminders and deadlines follow from them.",
            reverse("cohorts:dates", args=slug),
            has_dates,
        ),
        SetupStep(
            "Add the streams",
            "Each with its seats; with questions and rubric they can be copied from an earlier cohort.",
            reverse("cohorts:copy" if not streams else "cohorts:streams", args=slug),
            streams > 0,
        ),
        SetupStep(
            "Invite a mentor for each stream",
            f"{with_mentor} of {streams} have one who has joined."
            if missing
            else "A mentor who has joined can choose.",
            reverse("cohorts:members", args=slug),
            streams > 0 and not missing,
        ),
        SetupStep(
            "Make the page public",
            "Until then only those who belong to the cohort see it.",
            reverse("cohorts:settings", args=slug),
            cohort.is_public,
        ),
    ]
