"""Who could read what, and what an even assignment would be."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from applications.models import Application, Preference
from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mentors.allocation import allocate
from mentors.models import Assignment, Conflict, Waiver

FIRST_CHOICE, OTHER_CHOICE, REVIEWER = 0.0, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Load:
    """A reviewer with what they have and what they would get."""

    person: Person
    now: int
    new: int

    @property
    def then(self) -> int:
        """How many they would have."""
        return self.now + self.new


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """A preview: new pairs of (application key, person key, stream key), the loads, and who lacks readers.

    digest: of the pairs; what is applied must have the digest that was shown.
    """

    pairs: list[tuple[int, int, int | None]]
    loads: list[Load]
    short: list[tuple[Application, int]]
    applications: int
    digest: str


def review_candidates(cohort: Cohort) -> dict[int, dict[int, tuple[float, int | None]]]:
    """For each submitted application, who may review it: person key → (cost, stream key).

    Mentors of the chosen streams, first choice first, and reviewers; nobody with a
    declared tie, nobody who said that they will not score it, and nobody their own.
    """
    members = Membership.objects.open().in_cohort(cohort).in_role(CohortRole.REVIEWER, CohortRole.MENTOR)
    reviewers: set[int] = set()
    mentors: dict[int, list[int]] = {}
    for role, stream, person in members.values_list("role", "stream_id", "person_id"):
        if role == CohortRole.REVIEWER:
            reviewers.add(person)
        elif stream is not None:
            mentors.setdefault(stream, []).append(person)
    found: dict[int, dict[int, tuple[float, int | None]]] = {}
    owners = dict(Application.objects.submitted().in_cohort(cohort).order_by("pk").values_list("pk", "person_id"))
    for application in owners:
        found[application] = dict.fromkeys(sorted(reviewers), (REVIEWER, None))
    chosen = Preference.objects.filter(application__in=list(owners)).order_by("application_id", "-rank")
    for application, stream, rank in chosen.values_list("application_id", "stream_id", "rank"):
        for person in mentors.get(stream, []):
            found[application][person] = (FIRST_CHOICE if rank == 1 else OTHER_CHOICE, stream)
    pair = ("application_id", "person_id")
    ties = Conflict.objects.filter(application__cohort=cohort).order_by().values_list(*pair)
    waived = Waiver.objects.filter(application__cohort=cohort).order_by().values_list(*pair)
    for application, person in [*ties.union(waived), *owners.items()]:
        found.get(application, {}).pop(person, None)
    return found


def assignment_plan(cohort: Cohort, *, readers: int, cap: int | None = None) -> AssignmentPlan:
    """What has to be added so that every submitted application has `readers` readers, evenly spread.

    Standing assignments stay as they are. Nothing is written.
    """
    candidates = review_candidates(cohort)
    standing = Assignment.objects.standing().in_cohort(cohort).order_by("pk")
    taken = list(standing.values_list("application_id", "reviewer_id"))
    per_application, per_person = Counter(pair[0] for pair in taken), Counter(pair[1] for pair in taken)
    for application, person in taken:
        candidates.get(application, {}).pop(person, None)
    allocation = allocate(
        {application: readers - per_application[application] for application in candidates},
        {application: {who: cost for who, (cost, _) in found.items()} for application, found in candidates.items()},
        per_person,
        cap=cap,
    )
    pairs = [(application, person, candidates[application][person][1]) for application, person in allocation.pairs]
    lacking = Application.objects.filter(pk__in=allocation.short).select_related("person", "cohort").order_by("pk")
    return AssignmentPlan(
        pairs=pairs,
        loads=_loads(per_person, Counter(person for _, person, _ in pairs)),
        short=[(application, allocation.short[application.pk]) for application in lacking],
        applications=len(candidates),
        digest=hashlib.sha256(repr(sorted(pairs, key=repr)).encode()).hexdigest()[:16],
    )


def _loads(now: Counter[int], new: Counter[int]) -> list[Load]:
    people = Person.objects.filter(pk__in={*now, *new}).order_by("name", "pk")
    return [Load(person, now[person.pk], new[person.pk]) for person in people]
