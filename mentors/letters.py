"""The letters that selecting sends, and the reminders to those who have not reviewed or ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import AfterCrash
from mats_portal.web.links import absolute
from mentors.models import Assignment, Decision, Offer, Shortlist
from mentors.states import DecisionKind, FeedbackGroup, OfferState

BECAUSE_APPLIED = "you applied through the MATS portal"


def is_still_open(letter: Letter) -> bool:
    """Whether the offer that the letter tells of still waits for an answer."""
    return Offer.objects.filter(code=letter.about.rpartition(":")[2], state=OfferState.RELEASED).exists()


def has_reviews_left(letter: Letter) -> bool:
    """Whether the reader still has a review that is not in."""
    left = Assignment.objects.standing().unfinished().filter(reviewer=letter.recipient)
    return left.filter(application__cohort__slug=letter.cohort_slug).exists()


def is_ranking_missing(letter: Letter) -> bool:
    """Whether the ranking of the stream that the letter is about is still not in."""
    code = letter.about.rpartition(":")[2]
    return not Shortlist.objects.filter(stream__code=code, finished_at__isnull=False).exists()


OFFER = LetterKind(
    name="offer",
    subject_template="{cohort}: a seat in {stream} for you",
    template="mentors/letters/offer.txt",
    after_crash=AfterCrash.HOLD,
    still_due=is_still_open,
    because=BECAUSE_APPLIED,
)
RESERVE = LetterKind(
    name="reserve",
    subject_template="{cohort}: you are on the reserve",
    template="mentors/letters/reserve.txt",
    after_crash=AfterCrash.HOLD,
    because=BECAUSE_APPLIED,
)
REJECTION = LetterKind(
    name="rejection",
    subject_template="{cohort}: our answer to your application",
    template="mentors/letters/rejection.txt",
    after_crash=AfterCrash.HOLD,
    because=BECAUSE_APPLIED,
)
KIND_OF_DECISION: dict[str, LetterKind] = {
    DecisionKind.OFFER: OFFER,
    DecisionKind.RESERVE: RESERVE,
    DecisionKind.REJECTION: REJECTION,
}
OFFER_WITHDRAWN = LetterKind(
    name="offer withdrawn",
    subject_template="{cohort}: the offer of a seat in {stream} is withdrawn",
    template="mentors/letters/offer_withdrawn.txt",
    after_crash=AfterCrash.HOLD,
    because=BECAUSE_APPLIED,
)
REVIEWS_LEFT = LetterKind(
    name="reviews left",
    subject_template="{cohort}: {left} left for you to review",
    template="mentors/letters/reviews_left.txt",
    still_due=has_reviews_left,
    because="you review applications in the MATS portal",
)
NUDGE = LetterKind(
    name="reviews asked for again",
    subject_template="{cohort}: can you finish {left}?",
    template="mentors/letters/nudge.txt",
    still_due=has_reviews_left,
    because="you review applications in the MATS portal",
)
RANKING_MISSING = LetterKind(
    name="ranking missing",
    subject_template="{cohort}: the ranking of {stream} is not in yet",
    template="mentors/letters/ranking_missing.txt",
    still_due=is_ranking_missing,
    because="you mentor a stream in the MATS portal",
)


def offer_facts(offer: Offer) -> dict[str, Any]:
    """What an offer's letter says: the stream, until when, where to answer, and that it came from the reserve."""
    cohort = offer.application.cohort
    return {
        "cohort": cohort.name,
        "stream": offer.stream.name,
        "noun": cohort.scholar_noun,
        "until": describe(offer.expires_at, cohort.zone) if offer.expires_at else "",
        "is_reserve": offer.is_reserve,
        "reason": offer.reason,
        "url": absolute(reverse("home")),
    }


def decision_facts(decision: Decision, counts: Mapping[str, Any]) -> dict[str, Any]:
    """What the letter of a decision says. counts: `applications`, `seats`, `offers`, `reserve`, as of the release."""
    cohort = decision.application.cohort
    facts = offer_facts(decision.offer) if decision.offer else {"cohort": cohort.name, "noun": cohort.scholar_noun}
    return facts | {
        **counts,
        "words": decision.words.text,
        "reasons": decision.words.sentences,
        "note": decision.note,
        "was_on_reserve": decision.words.group == FeedbackGroup.RESERVE,
        "url": absolute(reverse("mentors:own_decision", args=[cohort.slug])) if not decision.offer else facts["url"],
    }
