"""Reads about candidacies: whose one may see, which ratings, what was asked and given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.cohorts.selectors import cohorts_visible_to, open_roles
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Invitation, Person
from mats_portal.people.states import InvitationState
from mentors.allocation import allocate
from mentors.candidacy.models import Candidacy, CandidacyQuerySet, CandidacyTie, CoMentor, Rating, RatingQuerySet
from mentors.candidacy.states import CandidacyState

PURPOSE = "candidacy"  # of an invitation to offer
EXPERTS = (CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR)


@dataclass(frozen=True, slots=True)
class Window:
    """Whether offers to mentor are taken from a person now, and until when."""

    closes_at: datetime | None
    is_open: bool


def invited_to(person: Any) -> QuerySet[Invitation, Any]:
    """The slugs of the cohorts that staff have invited the person to offer in."""
    accepted = Invitation.objects.filter(purpose=PURPOSE, state=InvitationState.ACCEPTED, accepted_by_id=person.pk)
    return accepted.values("target")


def cohorts_to_mentor_in(person: Any) -> QuerySet[Cohort]:
    """The cohorts that the person may offer in, as far as they may know of them."""
    own = Cohort.objects.filter(Q(slug__in=invited_to(person)) | Q(candidacies__person_id=person.pk))
    return Cohort.objects.filter(Q(pk__in=cohorts_visible_to(person).values("pk")) | Q(pk__in=own.values("pk")))


def open_to(person: Any, cohort: Cohort, until: type[EffectiveDeadline] = EffectiveDeadline) -> QuerySet[Cohort]:
    """The cohort, if it takes the person's offer now by the database's clock; else nothing.

    Until the cohort's date, or the person's own extension; without a date only from whom staff have invited.
    A write says `AcceptedUntil`, which knows the hidden grace.
    """
    closes = until("pk", MilestoneKind.MENTORS_CLOSE, person.pk)
    taken = Q(closes__gt=Now()) | Q(closes=None, slug__in=invited_to(person))
    return Cohort.objects.filter(pk=cohort.pk).annotate(closes=closes).filter(taken)


def window_for(person: Any, cohort: Cohort) -> Window:
    """The same, for showing."""
    closes = EffectiveDeadline("pk", MilestoneKind.MENTORS_CLOSE, person.pk)
    at = Cohort.objects.filter(pk=cohort.pk).values_list(closes, flat=True).order_by().first()
    return Window(at, open_to(person, cohort).exists())


def own_candidacy(person: Any, cohort: Cohort) -> Candidacy | None:
    """What the person sent to the cohort, with `is_told`."""
    found = Candidacy.objects.with_told().filter(person_id=person.pk, cohort=cohort)
    return found.select_related("track", "stream", "cohort").prefetch_related("co_mentors").first()


def cohorts_run(person: Any) -> list[int]:
    """The keys of the cohorts whose staff the person is."""
    return [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]


def candidacies_visible_to(person: Any) -> CandidacyQuerySet:
    """Staff see those of their cohort, experts what they were asked about; nobody their own or one they are tied to."""
    if not person.is_authenticated:
        return Candidacy.objects.none()
    asked = Rating.objects.of(person).values("candidacy")
    found = Candidacy.objects.filter(
        Q(cohort__in=cohorts_run(person)) | Q(pk__in=asked, state__in=set(CandidacyState) - {CandidacyState.WITHDRAWN})
    )
    tied = CandidacyTie.objects.filter(person_id=person.pk).values("candidacy")
    with_them = CoMentor.objects.filter(email=person.email).values("candidacy")
    return found.exclude(pk__in=tied).exclude(pk__in=with_them).exclude(person_id=person.pk)


def ratings_visible_to(person: Any) -> RatingQuerySet:
    """Their own, and others' that are in, unless they owe a rating of the same candidacy.

    Counts and means are taken from this and from nothing else, so that they tell no more.
    """
    if not person.is_authenticated:
        return Rating.objects.none()
    own = Rating.objects.of(person)
    reach = Q(candidacy__cohort__in=cohorts_run(person)) | Q(candidacy__in=own.given().values("candidacy"))
    others = Q(rated_at__isnull=False) & reach & ~Q(candidacy__in=own.owed().values("candidacy"))
    found = Rating.objects.filter(candidacy__in=candidacies_visible_to(person).values("pk"))
    return found.filter(Q(expert_id=person.pk) | others)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What may be shown of a candidacy's ratings: how many of those asked are in, their mean and their spread."""

    asked: int
    n: int
    mean: float | None = None
    low: int | None = None
    high: int | None = None

    @property
    def words(self) -> str:
        """The n and the spread beside the mean: "n = 2 of 3, 2 to 5"."""
        of_asked = f"n = {self.n}" if self.n >= self.asked else f"n = {self.n} of {self.asked}"
        return of_asked if self.low == self.high else f"{of_asked}, {self.low} to {self.high}"


def opinion_of(ratings: Iterable[Rating], asked: int) -> Opinion:
    """The summary of the ratings given, which may be fewer than those asked for."""
    values = [rating.value for rating in ratings if rating.value is not None]
    if not values:
        return Opinion(asked, 0)
    return Opinion(asked, len(values), round(sum(values) / len(values), 2), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Row:
    """A candidacy in the list of staff."""

    candidacy: Candidacy
    opinion: Opinion


def candidacy_rows(person: Any, cohort: Cohort) -> list[Row]:
    """The candidacies of the cohort that the person may see, with what they may know of the ratings. Three statements.

    Those that wait stand first, the best rated before the others.
    """
    given = Prefetch("ratings", ratings_visible_to(person).given().select_related("expert"), to_attr="shown")
    found = candidacies_visible_to(person).in_cohort(cohort).annotate(asked=Count("ratings", distinct=True))
    rows: Any = found.select_related("person", "track", "cohort", "stream").prefetch_related(given, "co_mentors")
    made = [Row(one, opinion_of(one.shown, one.asked)) for one in rows]
    return sorted(made, key=lambda row: (row.candidacy.state != CandidacyState.SENT, -(row.opinion.mean or 0)))


@dataclass(frozen=True, slots=True)
class Totals:
    """87 asked for 223, 80 given: over all candidacies that were not withdrawn."""

    candidacies: int
    asked: int
    given: int
    planned: int
    undecided: int
    ceiling: int

    @property
    def sum(self) -> int:
        """Seats given and seats planned."""
        return self.given + self.planned

    @property
    def words(self) -> str:
        """How far the cohort's seats are given: "72 of 80 seats"."""
        return f"{self.sum} of {self.ceiling} seats"


def seat_totals(cohort: Cohort) -> Totals:
    """What was asked, given and planned in the cohort, in one statement."""
    waits, accepted = Q(state=CandidacyState.SENT), Q(state=CandidacyState.ACCEPTED)
    found = (
        Candidacy.objects.standing()
        .in_cohort(cohort)
        .aggregate(
            candidacies=Count("pk"),
            asked=Sum("seats_asked", default=0),
            given=Sum("seats_given", filter=accepted, default=0),
            planned=Sum("seats_given", filter=waits, default=0),
            undecided=Count("pk", filter=waits & Q(seats_given=None)),
        )
    )
    return Totals(ceiling=cohort.seats, **found)


def experts_of(cohort: Cohort) -> list[Person]:
    """Who can be asked: staff, reviewers and mentors of the cohort, by name."""
    roles = Membership.objects.open().in_cohort(cohort).in_role(*EXPERTS)
    return list(Person.objects.filter(pk__in=roles.values("person")).order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class AskPlan:
    """A preview: new pairs of (candidacy key, person key), how many each expert gets, and how many lack opinions."""

    pairs: list[tuple[int, int]]
    loads: list[tuple[Person, int]]
    short: int
    digest: str


def ask_plan(cohort: Cohort, *, experts: Collection[Person], opinions: int) -> AskPlan:
    """Whom to ask about what, so that each waiting candidacy has `opinions` experts, evenly spread.

    Nobody is asked about their own, about one they would mentor in, or about one they are tied to.
    """
    waiting = list(Candidacy.objects.undecided().in_cohort(cohort).order_by("pk").values_list("pk", "person_id"))
    keys = [key for key, _ in waiting]
    barred = set(CandidacyTie.objects.filter(candidacy__in=keys).values_list("candidacy_id", "person_id"))
    addresses = set(CoMentor.objects.filter(candidacy__in=keys).values_list("candidacy_id", "email"))
    asked = set(Rating.objects.filter(candidacy__in=keys).values_list("candidacy_id", "expert_id"))
    eligible = {
        key: {
            expert.pk: 0.0
            for expert in experts
            if expert.pk != owner and (key, expert.email) not in addresses and (key, expert.pk) not in barred | asked
        }
        for key, owner in waiting
    }
    have = Counter(key for key, _ in asked)
    loads = Counter(expert for _, expert in asked)
    found = allocate({key: opinions - have[key] for key in keys}, eligible, loads)
    new = Counter(expert for _, expert in found.pairs)
    digest = hashlib.sha256(repr(sorted(found.pairs)).encode()).hexdigest()[:16]
    return AskPlan(found.pairs, [(one, new[one.pk]) for one in experts if new[one.pk]], len(found.short), digest)


def planned_decisions(person: Any, cohort: Cohort) -> list[Candidacy]:
    """The decisions written down and not sent, of candidacies that the person may see; most seats first."""
    found = candidacies_visible_to(person).in_cohort(cohort).planned()
    rows = found.select_related("person", "track", "cohort").prefetch_related("co_mentors")
    return list(rows.order_by("-seats_given", "stream_name", "pk"))


def digest_of_decisions(decisions: Iterable[Candidacy]) -> str:
    """What was shown, in sixteen characters: who gets what, under which name, with which word."""
    shown = sorted((one.code, one.seats_given, one.stream_name, one.word, one.seats_asked) for one in decisions)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def ratings_owed(person: Any) -> RatingQuerySet:
    """What the person was asked to rate and has not, as far as they may see it."""
    return Rating.objects.of(person).owed().filter(candidacy__in=candidacies_visible_to(person).values("pk"))
