"""What cohorts furnish to the frame: menu, home, front page, tabs of the staff pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort, can_set_up_cohort, staff_or_administrators
from mats_portal.cohorts.selectors import (
    cohorts_open_at,
    cohorts_run_by,
    cohorts_visible_to,
    invitations_to,
    path_of,
)
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.furnishing import furnishings
from mats_portal.web.home import REST, Queue, Section, queues_for
from mats_portal.web.menu import MenuItem

STAFF_HOMES = 3
# What staff look at day by day; all milestones stand on the dates page.
STAFF_PATH = (
    MilestoneKind.APPLICATIONS_OPEN,
    MilestoneKind.APPLICATIONS_CLOSE,
    MilestoneKind.REVIEWS_DUE,
    MilestoneKind.OFFERS_RELEASED,
    MilestoneKind.ANSWERS_DUE,
    MilestoneKind.IN_PERSON_STARTS,
    MilestoneKind.PLANS_DUE,
)


def menu(person: Any) -> list[MenuItem]:
    """The list of cohorts, for those who set them up."""
    return (
        [MenuItem("Cohorts", reverse("cohorts:cohorts"), order=70)] if staff_or_administrators(person).allowed else []
    )


def cohort_setup(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The ground's own tabs."""
    items = [
        MenuItem("Overview", reverse("cohorts:overview", args=[cohort.slug]), order=0),
        MenuItem("Dates", reverse("cohorts:dates", args=[cohort.slug]), order=10),
        MenuItem("Streams", reverse("cohorts:streams", args=[cohort.slug]), order=20),
        MenuItem("People", reverse("cohorts:members", args=[cohort.slug]), order=30),
        MenuItem("Settings", reverse("cohorts:settings", args=[cohort.slug]), order=80),
    ]
    if can_run_cohort(person, cohort).allowed:
        items += [
            MenuItem("Extensions", reverse("cohorts:extensions", args=[cohort.slug]), order=40),
            MenuItem("History", reverse("cohorts:history", args=[cohort.slug]), order=90),
        ]
    return items


def tabs_for(person: Any, cohort: Cohort) -> list[MenuItem]:
    """All tabs of a cohort's staff pages, from all apps, in one order; none for those who may not set it up."""
    if not can_set_up_cohort(person, cohort).allowed:
        return []
    items = [item for furnish in furnishings("cohort_setup") for item in furnish(person, cohort)]
    return sorted(items, key=lambda item: item.order)


def actions_for(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """The buttons of a cohort's public page, the main one first."""
    items = [item for furnish in furnishings("cohort_actions") for item in furnish(person, cohort, now)]
    return sorted(items, key=lambda item: item.order)


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Invitations that nobody answered."""
    invited_at = list(invitations_to(cohort).values_list("invited_at", flat=True))
    url = reverse("cohorts:members", args=[cohort.slug])
    return [Queue("Invitations unanswered", len(invited_at), url, min(invited_at, default=None))]


def sections(person: Any, now: datetime) -> list[Section]:
    """What staff run, what administrators look after, and where one can apply."""
    run = cohorts_run_by(person).prefetch_related("milestones")[:STAFF_HOMES]
    found = [_staff_section(person, cohort, now) for cohort in run]
    if not found and has_global_role(person, Role.ADMIN, Role.COORDINATOR):
        found.append(_administrators_section(person))
    return found or [_open_section(person, now, order=REST)]


def front_page(now: datetime) -> list[Section]:
    """The open cohorts, for the public."""
    return [_open_section(AnonymousUser(), now, order=10)]


def _staff_section(person: Any, cohort: Cohort, now: datetime) -> Section:
    queues = queues_for(person, cohort, now)
    waiting = [queue for queue in queues if queue.count]
    context = {"cohort": cohort, "queues": waiting, "steps": path_of(cohort, STAFF_PATH)}
    url = reverse("cohorts:overview", args=[cohort.slug])
    return Section(
        _stuck(cohort, queues),
        "cohorts/home_staff.html",
        context,
        action=cohort.name,
        url=url,
        order=20 if waiting else 25,
    )


def _stuck(cohort: Cohort, queues: list[Queue]) -> str:
    waiting = sum(queue.count for queue in queues)
    if not waiting:
        return f"Nothing is stuck in {cohort}"
    return f"{waiting} {'thing waits' if waiting == 1 else 'things wait'} in {cohort}"


def _administrators_section(person: Any) -> Section:
    cohorts = cohorts_visible_to(person)
    heading = f"{len(cohorts)} {'cohort' if len(cohorts) == 1 else 'cohorts'}" if cohorts else "No cohort yet"
    return Section(
        heading,
        "cohorts/home_administrators.html",
        {"cohorts": cohorts},
        action="Open a cohort",
        url=reverse("cohorts:new"),
        order=40,
    )


def _open_section(person: Any, now: datetime, order: int) -> Section:
    shown = [
        {"cohort": cohort, "steps": path_of(cohort), "actions": actions_for(person, cohort, now)}
        for cohort in cohorts_open_at(now)
    ]
    return Section("Open now", "cohorts/home_open.html", {"shown": shown}, order=order)
