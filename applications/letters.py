"""The letters that an applicant gets."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.models import Application, Reference, Submission
from applications.states import ApplicationState, ReferenceState, SubmissionTiming
from applications.tokens import token_of
from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.web.links import absolute

BECAUSE = "you are applying through the MATS portal"


def is_still_a_draft(letter: Letter) -> bool:
    """Whether the application that the letter reminds of is still not submitted, and still closes when it says."""
    code = letter.about.rpartition(":")[2]
    closes = EffectiveDeadline("cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "person_id")
    draft = Application.objects.filter(code=code, state=ApplicationState.DRAFT).annotate(closes=closes).first()
    return draft is not None and draft.closes is not None and f":{draft.closes:%Y%m%d%H%M}:" in letter.key


def is_still_asked(letter: Letter) -> bool:
    """Whether the reference that the letter asks for is still wanted: not in, declined or taken back."""
    code = letter.about.rpartition(":")[2]
    wanted = Reference.objects.filter(code=code, state=ReferenceState.ASKED)
    return wanted.exclude(application__state=ApplicationState.WITHDRAWN).exists()


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
LET_THROUGH = LetterKind(
    name="let through to apply",
    subject_template="You can apply to {cohort}",
    template="applications/letters/let_through.txt",
    because="you asked whether you can apply",
)
JOINED = LetterKind(
    name="applications read together",
    subject_template="We read your other application to {cohort}",
    template="applications/letters/joined.txt",
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

REFERENCE_REQUEST = LetterKind(
    name="reference request",
    subject_template="{applicant} asks you for a reference",
    template="applications/letters/reference_request.txt",
    still_due=is_still_asked,
    because="an applicant named you as somebody who knows their work",
    holds_secret=True,
)
REFERENCE_REMINDER = LetterKind(
    name="reference not here yet",
    subject_template="The reference for {applicant} is not here yet",
    template="applications/letters/reference_reminder.txt",
    still_due=is_still_asked,
    because="an applicant named you as somebody who knows their work",
    holds_secret=True,
)
REFERENCE_THANKS = LetterKind(
    name="reference received",
    subject_template="Thank you for your letter about {applicant}",
    template="applications/letters/reference_thanks.txt",
    because="you wrote a reference",
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
        "is_admitted": submission.timing == SubmissionTiming.ADMITTED,
        "url": absolute(reverse("applications:apply", args=[cohort.slug])),
    }


def reference_facts(reference: Reference, due_at: datetime | None = None) -> dict[str, Any]:
    """What a request says: about whom, for what, by when if that is known, and the link, which is a secret."""
    application = reference.application
    return {
        "applicant": application.person.name,
        "cohort": application.cohort.name,
        "due": describe(due_at, application.cohort.zone) if due_at else "",
        "url": absolute(reverse("applications:reference_link", args=[token_of(reference.code)])),
    }
