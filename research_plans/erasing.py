"""A plan's words go, and what others wrote beside it; that it was submitted, and when, stays."""

from __future__ import annotations

from typing import Any

from mats_portal.web.keeping import REMOVED, Erasure, Kept, Part
from research_plans.models import PlanComment, PlannedOutput, PlanRevision, ResearchPlan

WHEN = "that plans were submitted, and whether in time, is counted; your name and words go"
EMPTIED: dict[str, Any] = {"parts": {}, "outputs": []}


def kept(person: Any) -> list[Kept]:
    """Plans and what is said beside them."""
    if not ResearchPlan.objects.filter(scholar__person=person).exists():
        return []
    return [
        Kept(
            "Your research plan, every submitted state of it, and comments beside it",
            "to guide your research, and to decide on an extension",
            "you; programme staff; graders; mentors of your stream",
            "until you ask us to erase it",
        )
    ]


def preview(person: Any) -> list[Part]:
    """Texts go, the dates of submission stay."""
    own = ResearchPlan.objects.filter(scholar__person=person)
    revisions = PlanRevision.objects.filter(plan__in=own)
    return [
        Part("Research plans", own.count()),
        Part("Comments beside your plans", PlanComment.objects.filter(revision__in=revisions).count()),
        Part("When plans were submitted", revisions.count(), stays=WHEN),
    ]


def erase(person: Any) -> None:
    """Empty the plans of the person, and the comments beside them."""
    own = ResearchPlan.objects.filter(scholar__person=person)
    PlannedOutput.objects.filter(plan__in=own).delete()
    PlanComment.objects.filter(revision__plan__in=own).update(text=REMOVED)
    PlanRevision.objects.filter(plan__in=own).update(content=EMPTIED)
    own.update(threat_model="", theory_of_change="", plan_of_action="", disagreement="")


ERASURE = Erasure(preview=preview, erase=erase)
