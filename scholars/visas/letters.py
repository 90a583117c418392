"""The reminder to those who have not said whether they need a visa."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.kinds import Due, LetterKind, ReminderKind
from mats_portal.outbox.models import Letter
from mats_portal.web.links import absolute
from scholars.models import Scholar
from scholars.visas.models import Visa

AFTER = timedelta(days=3)  # after accepting


def is_still_unsaid(letter: Letter) -> bool:
    """Whether the scholar has not answered yet."""
    return not Visa.objects.filter(scholar__code=letter.about.rpartition(":")[2]).exists()


UNSAID = LetterKind(
    name="visa unsaid",
    subject_template="{cohort}: do you need a visa?",
    template="visas/letters/unsaid.txt",
    still_due=is_still_unsaid,
    because="you accepted a seat in the programme",
)


def due(now: datetime) -> Iterator[Due]:
    """Scholars who accepted three days ago and have not said, until the in-person phase begins."""
    coming = Scholar.objects.active().filter(visa=None, enrolled_at__lte=now - AFTER)
    ahead = coming.filter(
        cohort__milestones__kind=MilestoneKind.IN_PERSON_STARTS, cohort__milestones__at__gt=now
    ).select_related("person", "cohort")
    for scholar in ahead:
        yield Due(
            person=scholar.person,
            key=f"visa unsaid:{scholar.code}",
            facts={"cohort": scholar.cohort.name, "url": absolute(reverse("visas:own"))},
            cohort=scholar.cohort,
            about=f"scholars.scholar:{scholar.code}",
        )


REMINDER = ReminderKind(name="visa unsaid", letter=UNSAID, due=due)
