"""What cohorts furnish to the frame: menu, the place one works in, home, front page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import can_run_cohort, can_set_up_cohort, staff_or_administrators
from mats_portal.cohorts.selectors import (
    cohorts_open_at,
    cohorts_set_up_by,
    cohorts_visible_to,
    invitations_to,
    own_cohorts,
    path_of,
)
from mats_portal.cohorts.setting_up import SetupStep, setup_steps
from mats_portal.cohorts.states import WORKING_ROLES, CohortRole, MilestoneKind
from mats_portal.people.policies import can_open_cohort
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.components.moments import PathStep
from mats_portal.web.furnishing import furnishings
from mats_portal.web.home import REST, Queue, Section, queues_for
from mats_portal.web.menu import PORTAL, SETUP, MenuItem, Place
from mats_portal.web.text import counted

STAFF_HOMES = 5
STAFF_QUEUES = 5
MOST_FOUND = 6
SHOWN_AS = ("cohorts:cohort",)
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
    """The list of cohorts, for those who look after all of them."""
    allowed = can_open_cohort(person).allowed
    item = MenuItem("Cohorts", reverse("cohorts:cohorts"), 200, PORTAL, names=("cohorts:new",), is_alone=True)
    return [item] if allowed else []


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """Streams, and the ground's own pages of the set-up."""
    if not can_set_up_cohort(person, cohort).allowed:
        return []
    slug = [cohort.slug]
    items = [
        MenuItem("Streams", reverse("cohorts:streams", args=slug), order=40),
        MenuItem("Dates", reverse("cohorts:dates", args=slug), order=100, group=SETUP),
        MenuItem("People", reverse("cohorts:members", args=slug), order=102, group=SETUP),
        MenuItem("Settings", reverse("cohorts:settings", args=slug), order=114, group=SETUP),
    ]
    if can_run_cohort(person, cohort).allowed:
        items += [
            MenuItem("Extensions", reverse("cohorts:extensions", args=slug), order=112, group=SETUP),
            MenuItem("Who sees what", reverse("cohorts:explain", args=slug), order=115, group=SETUP),
            MenuItem("History", reverse("cohorts:history", args=slug), order=116, group=SETUP),
        ]
    return items


def place(person: Any, cohort: Cohort | None) -> Place | None:
    """The cohort of the page, if the person works in it or administers the portal; else the newest they work in."""
    own = own_cohorts(person, *WORKING_ROLES)
    is_own = cohort in own or has_global_role(person, Role.ADMIN)
    here = cohort if cohort is not None and is_own else next(iter(own), None)
    if here is None:
        return None
    others = [MenuItem(one.name, _begin(person, one)) for one in own if one != here]
    if staff_or_administrators(person).allowed:
        others.append(MenuItem("All cohorts", reverse("cohorts:cohorts")))
    return Place(here, tuple(_pages(person, here)), tuple(others))


def _pages(person: Any, cohort: Cohort) -> list[MenuItem]:
    overview = MenuItem("Overview", reverse("cohorts:overview", args=[cohort.slug]))
    public = MenuItem("Public page", cohort.get_absolute_url())
    return [overview, public] if can_set_up_cohort(person, cohort).allowed else [public]


def _begin(person: Any, cohort: Cohort) -> str:
    """Where work in a cohort begins: its overview, or the first page the person may use."""
    if can_set_up_cohort(person, cohort).allowed:
        return reverse("cohorts:overview", args=[cohort.slug])
    items = [item for furnish in furnishings("cohort_menu") for item in furnish(person, cohort)]
    return min(items, key=lambda item: item.order).url if items else cohort.get_absolute_url()


def actions_for(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """The buttons of a cohort's public page, the main one first."""
    items = [item for furnish in furnishings("cohort_actions") for item in furnish(person, cohort, now)]
    return sorted(items, key=lambda item: item.order)


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Invitations that nobody answered."""
    invited_at = list(invitations_to(cohort).values_list("invited_at", flat=True))
    url = reverse("cohorts:members", args=[cohort.slug])
    headline = counted(len(invited_at), "invitation is unanswered", "invitations are unanswered")
    return [Queue("Invitations unanswered", len(invited_at), url, min(invited_at, default=None), headline, urgency=60)]


def sections(person: Any, now: datetime) -> list[Section]:
    """What staff run, and what administrators look after."""
    run = own_cohorts(person, CohortRole.STAFF)[:STAFF_HOMES]
    prefetch_related_objects(run, "milestones")
    setup = setup_steps(run, now)
    found = _staff_sections([(one, queues_for(person, one, now), setup.get(one, [])) for one in run], now)
    if not found and has_global_role(person, Role.ADMIN, Role.COORDINATOR):
        found.append(_administrators_section(person))
    return found


def rest(person: Any, now: datetime) -> list[Section]:
    """Where one can apply, for whoever has nothing to do."""
    return [_open_section(person, now, order=REST)]


def front_page(now: datetime) -> list[Section]:
    """The open cohorts, for the public."""
    return [_open_section(AnonymousUser(), now, order=10)]


def jump(person: Any, words: str) -> list[MenuItem]:
    """Cohorts by name, and the streams of cohorts that the person sets up."""
    found = cohorts_visible_to(person).filter(name__icontains=words)[:MOST_FOUND]
    items = [MenuItem(one.name, _begin(person, one)) for one in found]
    streams = Stream.objects.filter(cohort__in=cohorts_set_up_by(person), name__icontains=words)
    for one in streams.select_related("cohort").order_by("-cohort__created_at", "name")[:MOST_FOUND]:
        url = reverse("cohorts:change_stream", args=[one.cohort.slug, one.code])
        items.append(MenuItem(f"{one.name}, stream of {one.cohort}", url))
    return items


def _staff_sections(run: list[tuple[Cohort, list[Queue], list[SetupStep]]], now: datetime) -> list[Section]:
    """The cohorts in which something is stuck or to be set up, or the busiest; one line for each of the others."""
    busiest = sorted(run, key=lambda one: -sum(queue.count for queue in one[1]))[:1]
    shown = [one for one in run if _stuck(one[1]) or one[2]] or busiest
    found = [_staff_section(*one) for one in shown]
    others = [one[0] for one in run if one not in shown]
    if others:
        rows = [
            {"cohort": one, "next": next((s for s in path_of(one, MilestoneKind) if s.at and s.at > now), None)}
            for one in others
        ]
        heading = "Nothing is stuck elsewhere" if any(_stuck(one[1]) for one in shown) else "Your other cohorts"
        found.append(Section(heading, "cohorts/home_others.html", {"rows": rows}, order=70))
    return found


def _next_step(cohort: Cohort, now: datetime) -> PathStep | None:
    return next((step for step in path_of(cohort, MilestoneKind) if step.at and step.at > now), None)


def _stuck(queues: list[Queue]) -> list[Queue]:
    return [queue for queue in queues if queue.count and queue.is_stuck]


def _staff_section(cohort: Cohort, queues: list[Queue], setup: list[SetupStep]) -> Section:
    context = {
        "setup": setup,
        "cohort": cohort,
        "queues": [queue for queue in queues if queue.count][:STAFF_QUEUES],
        "steps": path_of(cohort, STAFF_PATH),
    }
    overview = reverse("cohorts:overview", args=[cohort.slug])
    if stuck := _stuck(queues):
        heading, action, url = f"{stuck[0].headline} in {cohort}", "See which", stuck[0].url
    elif step := next((step for step in setup if not step.is_done), None):
        heading, action, url = f"{cohort} is being set up", step.label, step.url
    else:
        heading, action, url = f"Nothing is stuck in {cohort}", f"Open {cohort}", overview
    return Section(heading, "cohorts/home_staff.html", context, action=action, url=url, order=20 if stuck else 25)


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
