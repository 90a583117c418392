"""What research plans furnish to the frame: menu, home, queues, tabs, a part of the scholar's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from mats_portal.cohorts.deadlines import describe, time_left
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import dates_of, has_role, open_roles, own_cohorts, streams_led_by
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.web.components.moments import span
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from research_plans.content import missing
from research_plans.policies import plans_visible_to
from research_plans.selectors import PlanRow, cohort_rows, draft_of, outputs_due, path_of, plan_row, uncommented_plans
from research_plans.states import Standing
from scholars.models import Scholar
from scholars.selectors import active_scholarship


def menu(person: Any) -> list[MenuItem]:
    """A scholar's own plan."""
    own = own_cohorts(person, CohortRole.SCHOLAR)
    return [MenuItem("My plan", reverse("research_plans:draft", args=[own[0].slug]), order=40)] if own else []


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The cohort's plans, for staff, mentors and graders."""
    if not has_role(person, cohort, CohortRole.STAFF, CohortRole.MENTOR, CohortRole.GRADER):
        return []
    names = ("research_plans:plan", "research_plans:changes", "research_plans:comment")
    return [MenuItem("Plans", reverse("research_plans:plans", args=[cohort.slug]), order=55, names=names)]


def sections(person: Any, now: datetime) -> list[Section]:
    """For a scholar the next thing due; for a mentor the plans that nobody has answered."""
    found = []
    if _has(person, CohortRole.SCHOLAR) and (scholar := active_scholarship(person)):
        found.append(_own(scholar, now))
    if _has(person, CohortRole.MENTOR):
        found += _waiting(person)
    return [*found, *_to_read(person)]


def _to_read(person: Any) -> list[Section]:
    """For graders: how many plans of the newest cohort they grade are in."""
    graded = own_cohorts(person, CohortRole.GRADER)
    if not graded:
        return []
    cohort = graded[0]
    count = plans_visible_to(person).filter(scholar__cohort=cohort).count()
    heading = counted(count, "research plan is in", "research plans are in") if count else "No plan is in yet"
    url = reverse("research_plans:plans", args=[cohort.slug])
    return [Section(heading, "research_plans/home_grader.html", {"count": count}, "", "Read the plans", url, 30)]


def _own(scholar: Scholar, now: datetime) -> Section:
    row = plan_row(scholar)
    lacking = missing(draft_of(row.plan)) if row.plan else []
    heading, subtitle, action = _words(row, now, lacking)
    is_due = row.standing not in (Standing.SUBMITTED, Standing.LATE)
    context = {
        "row": row,
        "missing": lacking,
        "cohort": scholar.cohort,
        "steps": path_of(scholar),
        "outputs": outputs_due([scholar]),
    }
    url = reverse("research_plans:draft", args=[scholar.cohort.slug])
    return Section(heading, "research_plans/home_scholar.html", context, subtitle, action, url, 5 if is_due else 14)


def _words(row: PlanRow, now: datetime, lacking: list[str]) -> tuple[str, str, str]:
    """Heading, the sentence under it, and the button, for a scholar's own plan."""
    name = row.scholar.person.get_short_name()
    due = describe(row.due_at, row.scholar.cohort.zone) if row.due_at else ""
    if row.standing in (Standing.SUBMITTED, Standing.LATE):
        return f"Your research plan is in, {name}", "You can change it and submit it again.", "Read or change it"
    if row.standing == Standing.MISSING:
        days = "1 day" if row.days_late == 1 else f"{row.days_late} days"
        return f"Your research plan is {days} overdue, {name}", f"It was due {due}. It is still accepted.", "Finish it"
    left = f"{span(time_left(row.due_at, now))} left: due {due}" if row.due_at else "No date is set yet."
    if row.standing == Standing.NOT_STARTED:
        return f"Next: your research plan, {name}", left, "Begin"
    heading = f"{len(lacking)} things left in your plan, {name}" if len(lacking) > 1 else f"Nearly there, {name}"
    return heading, left, "Go on writing"


def _waiting(person: Any) -> list[Section]:
    plans = list(uncommented_plans(plans_visible_to(person).filter(scholar__stream__in=streams_led_by(person)), person))
    if not plans:
        return []
    count = len(plans)
    heading = (
        "A research plan waits for your comment" if count == 1 else f"{count} research plans wait for your comment"
    )
    url = plans[0].get_absolute_url()
    return [Section(heading, "research_plans/home_mentor.html", {"plans": plans}, "", "Read the first", url, 8)]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Plans that are missing."""
    due = dates_of(cohort).get(MilestoneKind.PLANS_DUE)
    if not can_run_cohort(person, cohort).allowed or due is None or due > now:
        return []  # An extension only ever lies later, so nothing can be missing yet.
    overdue = [row for row in cohort_rows(cohort) if row.standing == Standing.MISSING]
    oldest = min((row.due_at for row in overdue if row.due_at), default=None)
    url = reverse("research_plans:plans", args=[cohort.slug])
    headline = counted(len(overdue), "research plan is missing", "research plans are missing")
    url = f"{url}?standing={Standing.MISSING}"
    return [Queue("Research plans missing", len(overdue), url, oldest, headline, urgency=35)]


def scholar_sections(person: Any, scholar: Scholar) -> list[Section]:
    """How the scholar's plan stands, on the scholar's page."""
    return [Section("Research plan", "research_plans/scholar_part.html", {"row": plan_row(scholar)})]


def _has(person: Any, *roles: CohortRole) -> bool:
    return any(held.role in roles for held in open_roles(person))
