"""What answers are still to come, learnt from the answers so far; and how long those who accept have to come."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import milestone
from mats_portal.cohorts.states import MilestoneKind
from mentors.forecast import Answers, Forecast, forecast
from mentors.models import Offer
from mentors.states import OfferState

LEAD_WEEKS = 8  # A visa, a flat, a leave of absence: applicants' own reports ask for about so long.
ENDED = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.LAPSED)


def expected_answers(cohort: Cohort) -> Forecast:
    """How many of the cohort's waiting offers will be accepted, from all answers in the portal, by the streams' names.

    A stream of the same name in an earlier cohort is the same stream; what staff withdrew was no answer.
    """
    counts = Counter(
        Offer.objects.filter(state__in=ENDED, stream__cohort__is_synthetic=cohort.is_synthetic).values_list(
            "stream__name", "state"
        )
    )
    waiting = Counter(Offer.objects.open().filter(stream__cohort=cohort).values_list("stream__name", flat=True))
    names = sorted({name for name, _ in counts} | set(waiting))
    return forecast({name: _answers(name, counts, waiting) for name in names})


def _answers(name: str, counts: Counter[tuple[str, str]], waiting: Counter[str]) -> Answers:
    ended = sum(counts[name, state] for state in ENDED)
    return Answers(counts[name, OfferState.ACCEPTED], ended, waiting[name])


def short_lead(cohort: Cohort, now: datetime) -> int | None:
    """The whole days from now until the in-person start, if they are fewer than eight weeks; otherwise None.

    None, too, while the date is not set or once it has passed.
    """
    start = milestone(cohort, MilestoneKind.IN_PERSON_STARTS)
    if start is None or not now < start < now + timedelta(weeks=LEAD_WEEKS):
        return None
    return (start - now).days
