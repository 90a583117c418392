"""The home page: sections that the apps furnish, each saying what to do next and by when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mats_portal.web.furnishing import furnishings

REST = 90  # From here on: for those whom nothing else concerns.


@dataclass(frozen=True, slots=True)
class Section:
    """One part of somebody's home.

    heading: what it says in one glance ("Two questions left, Ada"); the heading of
    the section with the lowest `order` becomes the page's title.
    template: rendered with `context` and this `section`; url and action: the one next step.
    order: 0–9 something is due or waits for this person's answer; 10–19 their own matter
    (application, plan); 20–29 what they run; 30–49 what they read or score; 90 for the rest.
    """

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    subtitle: str = ""
    action: str = ""
    url: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Queue:
    """Things of one kind that wait for staff: how many, since when the oldest, and where to go on.

    headline: what the title of the home says when nothing is more urgent ("12 reviews are late").
    urgency: lower first. is_stuck: whether somebody must do something now; what just takes its time is not stuck.
    """

    label: str
    count: int
    url: str
    oldest: datetime | None = None
    headline: str = ""
    urgency: int = 50
    is_stuck: bool = True


def queues_for(person: Any, cohort: Any, now: datetime) -> list[Queue]:
    """What waits in a cohort, from all apps; the queues with something in them first, the most urgent before all."""
    queues = [queue for furnish in furnishings("cohort_queues") for queue in furnish(person, cohort, now)]
    return sorted(queues, key=lambda queue: (queue.count == 0, not queue.is_stuck, queue.urgency))


def sections_for(person: Any, now: datetime) -> list[Section]:
    """The sections of this person's home, most urgent first; at least one, so that there is a title."""
    sections = [section for furnish in furnishings("home_sections") for section in furnish(person, now)]
    concerning = [section for section in sections if section.order < REST]
    if not concerning:
        rest = [section for furnish in furnishings("home_rest") for section in furnish(person, now)]
        greeting = Section(f"Good to see you, {person.get_short_name()}", "web/home_quiet.html", order=0)
        concerning = [greeting, *sections, *rest]
    return sorted(concerning, key=lambda section: section.order)
