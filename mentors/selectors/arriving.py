"""By which channel people came, how far they got, and what reviewers made of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from applications.models import Application
from applications.outreach.models import Channel, Interest, InterestChannel
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.calibration import calibrate
from mentors.models import Offer, Ranking
from mentors.selectors.reviewing import counted_assessments
from mentors.states import OfferState

STEPS = ("interest", "applied", "complete", "ranked", "offered", "accepted")


@dataclass(slots=True)
class Arrival:
    """One person: the channels they name, the steps they reached, and their mean scores where they have some.

    ability, motivation: out of 1 to 5; None without a review that is in.
    """

    channels: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    ability: float | None = None
    motivation: float | None = None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Everybody who left an address or started an application, and what the channels are.

    calibrated: the dimensions whose scores have the reviewers' leniency taken out; the others are raw.
    """

    people: list[Arrival]
    channels: dict[str, bool]
    calibrated: frozenset[str]

    def naming(self, channel: str) -> list[Arrival]:
        """Those who name the channel, maybe among others."""
        return [person for person in self.people if channel in person.channels]

    def groups(self) -> dict[str, list[Arrival]]:
        """Everybody once: whoever names a community channel, only channels outside it, or none."""
        found: dict[str, list[Arrival]] = {"A community channel": [], "Only channels outside": [], "No channel": []}
        community, outside, none = found.values()
        for person in self.people:
            is_community = any(self.channels.get(name, False) for name in person.channels)
            (community if is_community else outside if person.channels else none).append(person)
        return found


def arrivals_of(cohort: Cohort) -> Arrivals:
    """Interest forms and applications of a cohort, brought together by the address.

    Five statements for any number of people. A draft tells its channels only through an interest form: what it says
    itself is not read before it is submitted.
    """
    people: defaultdict[str, Arrival] = defaultdict(Arrival)
    for email in Interest.objects.filter(cohort=cohort).values_list("email", flat=True):
        people[email].steps.add("interest")
    named = InterestChannel.objects.filter(interest__cohort=cohort)
    for email, name in named.values_list("interest__email", "channel__name"):
        people[email].channels.add(name)
    scores, calibrated = _scores(cohort)
    for row in _applications(cohort):
        person = people[row.person.email.lower()]
        person.channels.update(row.channels)
        person.steps |= _steps(row)
        person.ability, person.motivation = (scores[name].get(row.pk) for name in ("ability", "motivation"))
    channels = dict(Channel.objects.values_list("name", "is_community"))
    for name in sorted({name for person in people.values() for name in person.channels}):
        channels.setdefault(name, False)
    return Arrivals(list(people.values()), channels, calibrated)


def _applications(cohort: Cohort) -> QuerySet[Any]:
    own = Offer.objects.filter(application=OuterRef("pk"))
    wanted = Ranking.objects.filter(application=OuterRef("pk"), is_acceptable=True)
    rows = Application.objects.in_cohort(cohort).select_related("person").only("channels", "state", "person__email")
    return rows.annotate(
        is_ranked=Exists(wanted),
        is_offered=Exists(own.seen_by_applicant()),
        is_accepted=Exists(own.filter(state=OfferState.ACCEPTED)),
    )


def _steps(row: Any) -> set[str]:
    """The steps of somebody who applied; whoever withdrew got no further than applying."""
    if row.state != ApplicationState.SUBMITTED:
        return {"applied"}
    return {"applied", "complete"} | {step for step in STEPS[3:] if getattr(row, f"is_{step}")}


def _scores(cohort: Cohort) -> tuple[dict[str, dict[int, float]], frozenset[str]]:
    """The mean score of each application by dimension, and the dimensions in which it is calibrated."""
    names = ("ability", "motivation")
    rows = list(
        counted_assessments()
        .filter(application__cohort=cohort)
        .order_by("pk")
        .values_list("application_id", "reviewer_id", *(f"sheet__{name}" for name in names))
    )
    found, calibrated = {}, set()
    for place, name in enumerate(names, 2):
        triples = [(row[0], row[1], float(row[place])) for row in rows if row[place] is not None]
        found[name], is_calibrated = _means(triples)
        if is_calibrated:
            calibrated.add(name)
    return found, frozenset(calibrated)


def _means(scores: list[tuple[int, int, float]]) -> tuple[dict[int, float], bool]:
    """Each application's mean, less its reviewers' leniency where all reviewers can be compared.

    Not the calibrated estimates themselves: those are drawn towards the middle, which would make groups look alike.
    """
    model = calibrate(scores)
    is_calibrated = len(model.reviewers) > 1 and not model.notes
    values: defaultdict[int, list[float]] = defaultdict(list)
    for application, reviewer, score in scores:
        values[application].append(score - model.reviewers[reviewer].shift if is_calibrated else score)
    return {application: fmean(given) for application, given in values.items()}, is_calibrated
