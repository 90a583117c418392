"""What candidacies furnish to the frame: menu, home, queues of staff, the button on a cohort's public page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import EXPERTS, ratings_owed, window_for

STREAMS = "Streams"  # The entry of the menu that these are tabs of.


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """Candidacies and the portfolio, for staff."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    slug = [cohort.slug]
    names = ("candidacy:candidacy", "candidacy:decisions", "candidacy:ask", "candidacy:invite", "candidacy:rate")
    return [
        MenuItem("Candidacies", reverse("candidacy:candidacies", args=slug), 42, STREAMS, names),
        MenuItem("Portfolio", reverse("candidacy:portfolio", args=slug), 44, STREAMS),
    ]


def cohort_actions(person: Any, cohort: Cohort, now: datetime) -> list[MenuItem]:
    """Offer to mentor, while offers are taken; what became of an offer, later."""
    url = reverse("candidacy:offer", args=[cohort.slug])
    if isinstance(person, AnonymousUser):
        return [MenuItem("Offer to mentor", url, order=40)] if window_for(person, cohort).is_open else []
    if Candidacy.objects.standing().filter(cohort=cohort, person_id=person.pk).exists():
        return [MenuItem("Your offer to mentor", url, order=40)]
    return [MenuItem("Offer to mentor", url, order=40)] if window_for(person, cohort).is_open else []


def sections(person: Any, now: datetime) -> list[Section]:
    """Ratings that the person owes; and their own offer while it waits or was decided in a cohort still to come."""
    return [*_owed(person), *_own(person)]


def _owed(person: Any) -> list[Section]:
    found = []
    for cohort in own_cohorts(person, *EXPERTS):
        left = ratings_owed(person).filter(candidacy__cohort=cohort).aggregate(n=Count("pk"))["n"]
        if left:
            heading = counted(left, "mentor to rate", "mentors to rate")
            url = reverse("candidacy:rate", args=[cohort.slug])
            context = {"cohort": cohort, "left": left}
            found.append(Section(heading, "candidacy/home_ratings.html", context, action="Rate", url=url, order=32))
    return found


def _own(person: Any) -> list[Section]:
    own = (
        Candidacy.objects.standing()
        .with_told()
        .filter(person_id=person.pk)
        .select_related("cohort")
        .order_by("-pk")[:1]
    )
    return [
        Section(
            f"Your offer to mentor in {one.cohort}",
            "candidacy/home_own.html",
            {"candidacy": one},
            action="Look at it",
            url=reverse("candidacy:offer", args=[one.cohort.slug]),
            order=19,
        )
        for one in own
        if not one.is_told
    ]


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """Candidacies without a decision."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    found = Candidacy.objects.undecided().in_cohort(cohort).aggregate(n=Count("pk"), oldest=Min("sent_at"))
    headline = counted(found["n"], "mentor waits for a decision", "mentors wait for a decision")
    url = reverse("candidacy:candidacies", args=[cohort.slug])
    label = "Mentors waiting for a decision"
    return [Queue(label, found["n"], url, found["oldest"], headline, urgency=58, is_stuck=False)]
