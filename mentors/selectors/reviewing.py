"""Whose application a person may score, and their queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import MD5, Concat

from applications.models import Application, Preference
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mentors.models import Assessment, Assignment, AssignmentQuerySet, Conflict, Waiver

EVALUATORS = (CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR)


def conflicted_applications(person: Any) -> QuerySet[Conflict, Any]:
    """The keys of the applications that have vanished for this person; for `exclude(pk__in=…)`."""
    return Conflict.objects.filter(person_id=person.pk).values("application")


def cohorts_evaluated_by(person: Any) -> list[int]:
    """The keys of the cohorts in which the person evaluates."""
    return [held.cohort_id for held in open_roles(person) if held.role in EVALUATORS]


def standing_assignments(person: Any) -> AssignmentQuerySet:
    """What the person is to read now: assigned, submitted, without a tie, in a cohort where they evaluate."""
    return (
        Assignment.objects.standing()
        .of(person)
        .filter(application__cohort__in=cohorts_evaluated_by(person))
        .exclude(application__in=conflicted_applications(person))
        .exclude(application__person_id=person.pk)
    )


def chosen_applications(person: Any) -> QuerySet[Preference, Any]:
    """The keys of the applications that name a stream whose mentor the person is."""
    return Preference.objects.filter(stream__in=streams_led_by(person)).values("application")


def waived_applications(person: Any) -> QuerySet[Waiver, Any]:
    """The keys of the applications that the person said they will not score."""
    return Waiver.objects.filter(person_id=person.pk).values("application")


def assessable_by(person: Any) -> QuerySet[Application]:
    """Submitted applications that the person is to review, or may review as a mentor of a chosen stream."""
    if not person.is_authenticated:
        return Application.objects.none()
    assigned = standing_assignments(person).values("application")
    chosen = chosen_applications(person)
    return (
        Application.objects.submitted()
        .filter(Q(pk__in=assigned) | Q(pk__in=chosen))
        .exclude(pk__in=conflicted_applications(person))
        .exclude(person_id=person.pk)
    )


def owes_review(person: Any, application: Application) -> bool:
    """Whether the person was asked to review it and their own scores are not in."""
    return standing_assignments(person).unfinished().filter(application=application).exists()


def waivable_by(person: Any) -> QuerySet[Application]:
    """Applicants of the person's streams whom they have neither scored nor said that they will not."""
    own = assessable_by(person).filter(pk__in=chosen_applications(person))
    scored = standing_assignments(person).finished().values("application")
    return own.exclude(pk__in=scored).exclude(pk__in=waived_applications(person))


def can_be_taken_up(person: Any, application: Application) -> bool:
    """Whether a mentor of a chosen stream may score the application without having been asked."""
    return bool(streams_led_by(person)) and waivable_by(person).filter(pk=application.pk).exists()


def counted_assessments() -> QuerySet[Assessment]:
    """Assessments that are in and stand."""
    return Assessment.objects.filter(
        sheet__finished_at__isnull=False,
        assignment__removed_at=None,
        application__state=ApplicationState.SUBMITTED,
    )


class Place(NamedTuple):
    """One application in a reader's queue, as light as it can be: the queue may be long."""

    application_id: int
    code: str
    is_finished: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A reviewer's work in one cohort: what remains first, in each reader's own order."""

    places: list[Place]

    @property
    def total(self) -> int:
        """How many reviews were asked for."""
        return len(self.places)

    @property
    def done(self) -> int:
        """How many are in."""
        return sum(place.is_finished for place in self.places)

    @property
    def words(self) -> str:
        """How far it is: "12 of 30"."""
        return f"{self.done} of {self.total}"

    @property
    def remaining(self) -> list[Place]:
        """Those not in yet."""
        return [place for place in self.places if not place.is_finished]

    def after(self, application: Application) -> Place | None:
        """The next one to read after this application, going round."""
        at = self._index(application)
        turned = self.places if at is None else self.places[at + 1 :] + self.places[:at]
        return next((place for place in turned if not place.is_finished), None)

    def beside(self, application: Application) -> tuple[Place | None, Place | None]:
        """The ones before and after this application in the queue."""
        at = self._index(application)
        if at is None:
            return None, None
        return (self.places[at - 1] if at else None), next(iter(self.places[at + 1 : at + 2]), None)

    def _index(self, application: Application) -> int | None:
        return next((at for at, place in enumerate(self.places) if place.application_id == application.pk), None)


QUEUE_ORDER = ("is_in", "shuffled")


def queued_assignments(person: Any, cohort: Cohort) -> QuerySet[Any, Any]:
    """What the person is to read in the cohort; `QUEUE_ORDER` is theirs alone and says nothing of the applicants."""
    is_in = Q(assessment__sheet__finished_at__isnull=False)
    return (
        standing_assignments(person)
        .in_cohort(cohort)
        .annotate(
            is_in=ExpressionWrapper(is_in, BooleanField()),
            shuffled=MD5(Concat(F("application__code"), Value(person.code))),
        )
    )


def review_queue(person: Any, cohort: Cohort) -> Queue:
    """The person's whole queue, in one statement of three columns."""
    rows = queued_assignments(person, cohort).order_by(*QUEUE_ORDER)
    return Queue([Place(*row) for row in rows.values_list("application_id", "application__code", "is_in")])
