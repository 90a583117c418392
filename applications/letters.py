"""The letters that an applicant gets."""

from typing import Any

from django.urls import reverse

from applications.models import Application, Submission
from applications.states import ApplicationState
from mats_portal.cohorts.deadlines import describe
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.web.links import absolute

BECAUSE = "you are applying through the MATS portal"


def is_still_a_draft(letter: Letter) -> bool:
    """Whether the application that the letter reminds of is still not submitted."""
    code = letter.about.rpartition(":")[2]
    return Application.objects.filter(code=code, state=ApplicationState.DRAFT).exists()


RECEIPT = LetterKind(
    name="application receipt",
    subject_template="We have your application to {cohort}",
    template="applications/letters/receipt.txt",
    because=BECAUSE,
)
WITHDRAWAL = LetterKind(
    name="application withdrawn",
    subject_template="Your application to {cohort} is withdrawn",
    template="applications/letters/withdrawal.txt",
    because=BECAUSE,
)
DRAFT_REMINDER = LetterKind(
    name="application not submitted",
    subject_template="Your application to {cohort} is not submitted yet",
    template="applications/letters/draft_reminder.txt",
    still_due=is_still_a_draft,
    because="you began an application and have not submitted it",
)
INTEREST_REMINDER = LetterKind(
    name="applications close soon",
    subject_template="Applications to {cohort} close soon",
    template="applications/letters/interest_reminder.txt",
    because="you left your address and asked to be reminded",
)


def receipt_facts(application: Application, submission: Submission) -> dict[str, Any]:
    """What a receipt says: id, the server's time, the deadline, the streams, the digest of the frozen text."""
    cohort = application.cohort
    return {
        "cohort": cohort.name,
        "application": application.code,
        "number": submission.number,
        "at": describe(submission.at, cohort.zone),
        "at_utc": f"{submission.at:%Y-%m-%d %H:%M:%S} UTC",
        "closes": describe(submission.closes_at, cohort.zone) if submission.closes_at else "",
        "streams": [row["name"] for row in submission.content["streams"]],
        "digest": submission.digest,
        "url": absolute(reverse("applications:apply", args=[cohort.slug])),
    }
