"""What a scholar is told about their plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.web.links import absolute
from research_plans.lateness import days_late
from research_plans.models import PlanRevision, ResearchPlan
from scholars.models import Scholar
from scholars.states import ScholarState

BECAUSE = "you are in the programme"


def is_still_unsubmitted(letter: Letter) -> bool:
    """Whether the scholar is in the programme and has still submitted no plan."""
    scholar = Scholar.objects.filter(code=letter.about.rpartition(":")[2], state=ScholarState.ACTIVE)
    return scholar.exclude(plan__submission_count__gt=0).exists()


RECEIPT = LetterKind(
    name="plan receipt",
    subject_template="We have revision {number} of your research plan",
    template="research_plans/letters/receipt.txt",
    because=BECAUSE,
)
COMMENT = LetterKind(
    name="plan comment",
    subject_template="{author} commented on your research plan",
    template="research_plans/letters/comment.txt",
    because=BECAUSE,
)
UNSUBMITTED = LetterKind(
    name="plan not submitted",
    subject_template="Your research plan is due {due}",
    template="research_plans/letters/unsubmitted.txt",
    still_due=is_still_unsubmitted,
    because="you are in the programme and have not submitted your research plan",
)


def receipt_facts(scholar: Scholar, revision: PlanRevision) -> dict[str, Any]:
    """What a receipt says: the server's time, the deadline, how late, the digest of the frozen text."""
    zone = scholar.cohort.zone
    return {
        "number": revision.number,
        "cohort": scholar.cohort.name,
        "at": describe(revision.at, zone),
        "at_utc": f"{revision.at:%Y-%m-%d %H:%M:%S} UTC",
        "due": describe(revision.due_at, zone) if revision.due_at else "",
        "days_late": days_late(revision.at, revision.due_at),
        "digest": revision.digest,
        "url": absolute(reverse("research_plans:plan", args=[revision.plan.code])),
    }


def comment_facts(plan: ResearchPlan, author: Any) -> dict[str, Any]:
    """Who commented, and where to read it; the words themselves stay in the portal."""
    return {"author": str(author), "url": absolute(plan.get_absolute_url())}


def unsubmitted_facts(scholar: Scholar, due_at: datetime) -> dict[str, Any]:
    """When the plan is due, in the official zone, and where to write it."""
    return {
        "due": describe(due_at, scholar.cohort.zone),
        "cohort": scholar.cohort.name,
        "url": absolute(reverse("research_plans:draft", args=[scholar.cohort.slug])),
    }
