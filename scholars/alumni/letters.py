"""Ask alumni what they do: when they finish, and three, six and twelve months later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from mats_portal.outbox.kinds import Due, LetterKind, ReminderKind
from mats_portal.web.links import absolute
from scholars.alumni.selectors import to_be_asked

MONTHS = {3: timedelta(days=91), 6: timedelta(days=182), 12: timedelta(days=365)}
OPEN_FOR = timedelta(days=30)  # A step is skipped when the schedule was away for longer.

QUESTION = LetterKind(
    name="outcome question",
    subject_template="{cohort}: two minutes, {name}?",
    template="alumni/letters/question.txt",
    because="you finished the programme, and we ask what became of it after three, six and twelve months",
)


def due(now: datetime) -> Iterator[Due]:
    """Those who finished so long ago and have not said anything since."""
    for months, length in MONTHS.items():
        for scholar in to_be_asked(after=length, before=length + OPEN_FOR, now=now):
            yield Due(
                person=scholar.person,
                key=f"outcome question:{scholar.code}:{months}m",
                facts={
                    "cohort": scholar.cohort.name,
                    "name": scholar.person.get_short_name(),
                    "url": absolute(reverse("alumni:outcome")),
                },
                cohort=scholar.cohort,
                about=f"scholars.scholar:{scholar.code}",
            )


REMINDER = ReminderKind(name="outcome question", letter=QUESTION, due=due)
