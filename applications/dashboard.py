"""What applications furnish to the frame: menu, home, buttons of a cohort, jump."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import ResolverMatch, reverse

from applications.models import Application
from applications.policies import can_apply, can_list_applications
from applications.selectors import (
    applications_visible_to,
    draft_of,
    late_applications,
    open_concerns_for,
    own_applications,
    window_of,
    with_names,
)
from applications.selectors.eligibility import checks_of
from applications.selectors.waiting import waiting_references
from applications.standing import progress
from applications.states import ApplicationState, EligibilityState
from applications.table import counts_of
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import open_roles, own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import SETUP, MenuItem

MOST_FOUND = 5
SHORTEST = 3
CHOSEN = (CohortRole.SCHOLAR, CohortRole.ALUMNUS)
BEYOND_APPLYING = (CohortRole.STAFF, *CHOSEN)


def menu(person: Any) -> list[MenuItem]:
    """The own application, for those who run no cohort and are not chosen yet."""
    if any(held.role in BEYOND_APPLYING for held in open_roles(person)):
        return []
    own = own_applications(person)[:1]
    return [MenuItem("My application", reverse("applications:apply", args=[one.cohort.slug]), order=20) for one in own]


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """For staff the table of applications, and imports among what is set up."""
    if not can_list_applications(person, cohort).allowed:
        return []
    return [
        MenuItem("Applications", reverse("applications:applications", args=[cohort.slug]), order=10),
        MenuItem("Import", reverse("applications:upload", args=[cohort.slug]), order=108, group=SETUP),
    ]


def sections(person: Any, now: datetime) -> list[Section]:
    """What is left of the own applications; for staff how applying goes."""
    return [*_own(person), *_run(person)]


def _own(person: Any) -> list[Section]:
    if any(held.role in CHOSEN for held in open_roles(person)):
        return []
    found = []
    for application in own_applications(person)[:2]:
        draft, window = draft_of(application), window_of(application.cohort, person)
        context = progress(draft, window)
        found.append(
            Section(
                heading=context["headline"],
                subtitle=context["subtitle"],
                template="applications/applicant_progress.html",
                context=context,
                action=context["action"],
                url=context["action_url"],
                order=20,
            )
        )
    return found


def _run(person: Any) -> list[Section]:
    run = own_cohorts(person, CohortRole.STAFF)
    if not run or not (counts := counts_of(run[0]))["started"]:
        return []
    cohort = run[0]
    context = {
        "counts": counts,
        "drafts": counts["started"] - counts["submitted"] - counts["withdrawn"],
        "url": reverse("applications:applications", args=[cohort.slug]),
    }
    heading = f"{counts['submitted']:,} people have applied to {cohort}"
    return [Section(heading, "applications/home_staff.html", context, order=60)]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """For staff: late drafts and missing references, worth a look and never stuck; concerns, and who asks to apply."""
    if not can_list_applications(person, cohort).allowed:
        return []
    late = late_applications(cohort).order_by().aggregate(count=Count("pk"), oldest=Min("late_saved_at"))
    url = reverse("applications:late", args=[cohort.slug])
    asked = waiting_references(cohort, person).order_by().aggregate(count=Count("pk"), oldest=Min("asked_at"))
    missing = reverse("applications:waiting", args=[cohort.slug])
    doubts = open_concerns_for(person, cohort).order_by().aggregate(count=Count("pk"), oldest=Min("raised_at"))
    doubts_url = reverse("applications:concerns", args=[cohort.slug])
    stopped = checks_of(cohort).filter(state=EligibilityState.ASKED)
    asking = stopped.order_by().aggregate(count=Count("pk"), oldest=Min("asked_at"))
    checks_url = reverse("applications:eligibility_checks", args=[cohort.slug])
    return [
        Queue("Late drafts", late["count"], url, late["oldest"], urgency=70, is_stuck=False),
        Queue("References missing", asked["count"], missing, asked["oldest"], urgency=75, is_stuck=False),
        Queue("Asking to be let through", asking["count"], checks_url, asking["oldest"], urgency=40),
        Queue("Concerns to decide", doubts["count"], doubts_url, doubts["oldest"], urgency=35),
    ]


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Apply, or go on applying, while that can be done."""
    url = reverse("applications:apply", args=[cohort.slug])
    if not person.is_authenticated:
        return [MenuItem("Apply", url, order=10)] if _open_to_all(cohort) else []
    if Application.objects.in_cohort(cohort).of(person).exists():
        return [MenuItem("My application", url, order=10)]
    if can_apply(person, cohort).allowed and window_of(cohort, person).is_open:
        return [MenuItem("Apply", url, order=10)]
    return []


def _open_to_all(cohort: Cohort) -> bool:
    return window_of(cohort, None).is_open


def jump(person: Any, words: str) -> list[MenuItem]:
    """Applications by the applicant's name, for whoever may read them. Answers are not searched: not all are theirs."""
    if not open_roles(person) or len(words.strip()) < SHORTEST:
        return []
    found = with_names(applications_visible_to(person), person)
    found = found.exclude(person_id=person.pk).exclude(state=ApplicationState.WITHDRAWN)
    for word in words.split()[:MOST_FOUND]:
        found = found.filter(shown_name__icontains=word)
    rows = found.select_related("cohort").order_by("shown_name", "pk")[:MOST_FOUND]
    return [MenuItem(f"{one.shown_name}, application to {one.cohort}", one.get_absolute_url()) for one in rows]


def why_seen(person: Any, cohort: Cohort, match: ResolverMatch, by: Any) -> list[str]:
    """What there is to know of the application on the page: its state, and to whom it goes."""
    code = match.kwargs.get("application") or match.kwargs.get("code")
    one = applications_visible_to(by).in_cohort(cohort).filter(code=code).first() if code else None
    if one is None:
        return []
    if one.person_id == person.pk:
        return ["It is their own application."]
    if one.state != ApplicationState.SUBMITTED:
        return [f"The application is not submitted ({one.get_state_display().lower()}): nobody else reads its answers."]
    streams = ", ".join(str(row.stream) for row in one.preferences.select_related("stream").order_by("rank"))
    return [
        f"The application goes to {streams or 'no stream'}: the mentors of those may read it, and whoever reviews it."
    ]
