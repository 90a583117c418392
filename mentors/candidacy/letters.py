"""What candidates and experts are told, and when it is not worth telling any more."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import AfterCrash
from mats_portal.people.invitations import still_open
from mats_portal.people.models import Invitation
from mats_portal.web.links import absolute
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import ratings_owed

BECAUSE_OFFERED = "you offered to mentor through the MATS portal"


def is_still_invited(letter: Letter) -> bool:
    """Whether the invitation can still be accepted."""
    invitation = Invitation.objects.filter(code=letter.about.partition(":")[2]).first()
    return invitation is not None and still_open(invitation)


def owes_ratings(letter: Letter) -> bool:
    """Whether the reader still has a candidacy of the cohort to rate."""
    return ratings_owed(letter.recipient).filter(candidacy__cohort__slug=letter.cohort_slug).exists()


INVITATION = LetterKind(
    name="invitation to mentor",
    subject_template="{inviter} asks whether you would mentor in {cohort}",
    template="candidacy/letters/invitation.txt",
    still_due=is_still_invited,
    because="somebody of the programme invited this address",
    holds_secret=True,
)
RECEIVED = LetterKind(
    name="candidacy received",
    subject_template="{cohort}: we have your offer to mentor",
    template="candidacy/letters/received.txt",
    because=BECAUSE_OFFERED,
)
ASKED = LetterKind(
    name="candidacies to rate",
    subject_template="{cohort}: what do you think of {words}?",
    template="candidacy/letters/asked.txt",
    still_due=owes_ratings,
    because="the programme staff ask for your judgement of mentors",
)
SEATS_GIVEN = LetterKind(
    name="candidacy accepted",
    subject_template="{cohort}: {seats} for {stream}",
    template="candidacy/letters/seats_given.txt",
    after_crash=AfterCrash.HOLD,
    because=BECAUSE_OFFERED,
)
NO_SEATS = LetterKind(
    name="candidacy declined",
    subject_template="{cohort}: your offer to mentor",
    template="candidacy/letters/no_seats.txt",
    after_crash=AfterCrash.HOLD,
    because=BECAUSE_OFFERED,
)


def candidacy_facts(candidacy: Candidacy) -> dict[str, Any]:
    """What every letter about a candidacy says, and where it can be read."""
    cohort = candidacy.cohort
    seats = candidacy.seats_given or 0
    return {
        "cohort": cohort.name,
        "stream": candidacy.stream_name,
        "seats": "one seat" if seats == 1 else f"{seats} seats",
        "asked": candidacy.seats_asked,
        "noun": cohort.scholar_noun,
        "word": candidacy.word,
        "url": absolute(reverse("candidacy:offer", args=[cohort.slug])),
    }
