"""What scholars furnish to the frame: menu, home, what waits for staff, tabs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from applications.selectors import own_applications
from mats_portal.cohorts.deadlines import describe, time_left
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.components.moments import span
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from scholars.models import Scholar
from scholars.policies import can_list_scholars, scholars_visible_to
from scholars.selectors import (
    active_scholarship,
    mentors_of,
    open_offers_of,
    overdue_offers,
    peers_of,
    streams_without_mentor,
)
from scholars.states import SCHOLARS

MOST_FOUND = 6
SHORTEST = 3
SHOWN_AS = ("scholars:offer",)


def menu(person: Any) -> list[MenuItem]:
    """The way to support, for scholars and those who support them."""
    has_way = _has(person, CohortRole.SCHOLAR, CohortRole.SUPPORT)
    return [MenuItem("Support", support_url(), order=70)] if has_way else []


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The cohort's scholars, for its staff and mentors."""
    if not can_list_scholars(person, cohort).allowed:
        return []
    return [MenuItem("Scholars", reverse("scholars:scholars", args=[cohort.slug]), order=50, group=SCHOLARS)]


def support_url() -> str:
    """Where the support site is."""
    return f"{settings.SUPPORT_SITE_URL.rstrip('/')}/support/"


def sections(person: Any, now: datetime) -> list[Section]:
    """Offers to answer; where a scholar is and with whom; a mentor's scholars; the way to support."""
    found = [*_offers(person, now)]
    if _has(person, CohortRole.SCHOLAR):
        found += _own(person)
    if _has(person, CohortRole.MENTOR):
        found += _mentored(person)
    if _has(person, CohortRole.SUPPORT):
        subtitle = "Requests and notes are on the support site, and nowhere else."
        found.append(
            Section("Who asked support?", "scholars/home_support.html", {}, subtitle, "Open support", support_url(), 12)
        )
    return found


def _offers(person: Any, now: datetime) -> list[Section]:
    if not own_applications(person):
        return []
    found = []
    for offer in open_offers_of(person):
        if offer.expires_at is None:
            continue
        left = span(time_left(offer.expires_at, now))
        found.append(
            Section(
                heading=f"{offer.stream} offers you a seat, {person.get_short_name()}",
                subtitle=f"{left} left to answer: until {describe(offer.expires_at, offer.application.cohort.zone)}",
                template="scholars/home_offer.html",
                context={"offer": offer, "cohort": offer.application.cohort},
                action="Read and answer",
                url=reverse("scholars:offer", args=[offer.code]),
                order=1,
            )
        )
    return found


def _own(person: Any) -> list[Section]:
    scholar = active_scholarship(person)
    if scholar is None:
        return []
    context = {
        "scholar": scholar,
        "mentors": mentors_of([scholar.stream_id]).get(scholar.stream_id, []),
        "peers": peers_of(scholar),
        "support_url": support_url(),
    }
    return [Section(f"Your people in {scholar.cohort}", "scholars/home_scholar.html", context, order=15)]


def _mentored(person: Any) -> list[Section]:
    mine = (
        scholars_visible_to(person)
        .exclude(person=person)
        .filter(
            state="active", stream__in=[held.stream_id for held in open_roles(person) if held.role == CohortRole.MENTOR]
        )
    )
    scholars: list[Scholar] = list(mine.order_by("person__name")[:50])
    if not scholars:
        return []
    url = reverse("scholars:scholars", args=[scholars[0].cohort.slug])
    heading = "Your scholar" if len(scholars) == 1 else f"Your {len(scholars)} scholars"
    return [Section(heading, "scholars/home_mentor.html", {"scholars": scholars}, "", "See all", url, 40)]


def jump(person: Any, words: str) -> list[MenuItem]:
    """Scholars by name, for whoever may read their page."""
    if len(words) < SHORTEST:
        return []
    found = scholars_visible_to(person).exclude(person_id=person.pk).filter(person__name__icontains=words)
    return [
        MenuItem(
            f"{one.person}, scholar in {one.cohort}", reverse("scholars:scholar", args=[one.cohort.slug, one.code])
        )
        for one in found.order_by("person__name", "pk")[:MOST_FOUND]
    ]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Offers past their time."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    overdue = overdue_offers(cohort)
    bare = [one for one in streams_without_mentor(cohort) if not hasattr(one, "mentorless_exception")]
    mentorless = counted(len(bare), "stream has no mentor", "streams have no mentor")
    scholars = reverse("scholars:scholars", args=[cohort.slug])
    past = counted(len(overdue), "offer is past its time", "offers are past their time")
    return [
        Queue(
            "Offers past their time",
            len(overdue),
            reverse("scholars:overdue", args=[cohort.slug]),
            overdue[0].expires_at if overdue else None,
            past,
            urgency=15,
        ),
        Queue("Streams without a mentor", len(bare), scholars + "#without-mentor", None, mentorless, urgency=40),
    ]


def _has(person: Any, *roles: CohortRole) -> bool:
    return any(held.role in roles for held in open_roles(person))
