"""What must hold of research plans."""

from mats_portal.web.invariants import sql, trigger_stands

INVARIANTS = (
    trigger_stands("research_plans_planrevision", "plan_revisions_are_final"),
    sql(
        "Revisions of a plan are numbered without a gap, and counted",
        "SELECT plan.code FROM research_plans_researchplan plan LEFT JOIN research_plans_planrevision revision"
        " ON revision.plan_id = plan.id GROUP BY plan.id HAVING count(revision.id) <> plan.submission_count"
        " OR coalesce(max(revision.number), 0) <> plan.submission_count",
    ),
)
