"""A person's plans and comments, for their own copy."""

from typing import Any

from research_plans.content import content_of
from research_plans.models import PlanComment, ResearchPlan
from research_plans.selectors import draft_of


def personal_data(person: Any) -> dict[str, Any]:
    """The draft, every submitted revision, and what the person said beside plans."""
    plans = ResearchPlan.objects.filter(scholar__person=person).select_related("scholar__cohort")
    return {
        "research_plans": [
            {
                "cohort": plan.scholar.cohort.name,
                "draft": content_of(draft_of(plan)),
                "saved_at": plan.saved_at,
                "revisions": [
                    {"number": one.number, "at": one.at, "due_at": one.due_at, "digest": one.digest, **one.content}
                    for one in plan.revisions.all()
                ],
            }
            for plan in plans
        ],
        "comments_on_plans": list(PlanComment.objects.filter(author=person).values("at", "part", "text")),
    }
