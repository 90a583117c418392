"""What those who answered an offer, and scholars, are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.outbox.kinds import Due, LetterKind, ReminderKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import AfterCrash
from mats_portal.web.links import absolute
from mentors.models import Offer
from mentors.states import OfferState
from scholars.models import Scholar
from scholars.selectors import unanswered_offers

APPLIED = "you applied through the MATS portal"
BELONGS = "you are or were in the programme"
AHEAD = timedelta(hours=48)


def is_still_unanswered(letter: Letter) -> bool:
    """Whether the offer that the letter tells of still waits."""
    return Offer.objects.filter(code=letter.about.rpartition(":")[2], state=OfferState.RELEASED).exists()


ENROLLED = LetterKind(
    name="offer accepted",
    subject_template="{cohort}: welcome to {stream}",
    template="scholars/letters/enrolled.txt",
    because=APPLIED,
)
DECLINED = LetterKind(
    name="offer declined",
    subject_template="{cohort}: you declined the seat in {stream}",
    template="scholars/letters/declined.txt",
    because=APPLIED,
)
LAPSED = LetterKind(
    name="offer lapsed",
    subject_template="{cohort}: the offer of a seat in {stream} has ended",
    template="scholars/letters/lapsed.txt",
    after_crash=AfterCrash.HOLD,
    because=APPLIED,
)
UNANSWERED = LetterKind(
    name="offer unanswered",
    subject_template="{cohort}: your offer from {stream} ends {until}",
    template="scholars/letters/unanswered.txt",
    still_due=is_still_unanswered,
    because="you have an offer that you have not answered",
)
SWITCHED = LetterKind(
    name="stream changed",
    subject_template="{cohort}: you are now in {stream}",
    template="scholars/letters/switched.txt",
    because=BELONGS,
)
FINISHED = LetterKind(
    name="programme finished",
    subject_template="{cohort}: thank you, and stay in touch",
    template="scholars/letters/finished.txt",
    because=BELONGS,
)


def answer_facts(offer: Offer) -> dict[str, Any]:
    """What a letter about an offer says."""
    cohort = offer.application.cohort
    return {
        "cohort": cohort.name,
        "stream": offer.stream.name,
        "noun": cohort.scholar_noun,
        "until": describe(offer.expires_at, cohort.zone) if offer.expires_at else "",
        "url": absolute(reverse("scholars:offer", args=[offer.code])),
        "home": absolute(reverse("home")),
        "support": settings.SUPPORT_SITE_URL.rstrip("/") + "/support/",
    }


def scholar_facts(scholar: Scholar) -> dict[str, Any]:
    """What a letter to a scholar says."""
    return {
        "cohort": scholar.cohort.name,
        "stream": scholar.stream.name,
        "noun": scholar.cohort.scholar_noun,
        "home": absolute(reverse("home")),
    }


def due(now: datetime) -> Iterator[Due]:
    """Those whose offer ends within 48 hours and who have not answered."""
    for offer in unanswered_offers(before=now + AHEAD, after=now):
        yield Due(
            person=offer.application.person,
            key=f"offer unanswered:{offer.code}:48h",
            facts=answer_facts(offer),
            cohort=offer.application.cohort,
            about=f"mentors.offer:{offer.code}",
        )


REMINDER = ReminderKind(name="offer unanswered", letter=UNANSWERED, due=due)
