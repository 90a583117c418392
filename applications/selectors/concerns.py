"""Reads about concerns: who may know of which, and how many wait."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from applications.models import Application, Concern, ConcernQuerySet
from applications.selectors.applications import applications_visible_to
from applications.states import ConcernState
from mats_portal.cohorts.selectors import cohorts_run_by, has_role
from mats_portal.cohorts.states import CohortRole


def concerns_about(application: Application, person: Any) -> list[Concern]:
    """What this person may know, newest first: staff all, others their own and those that two people stand by.

    Nothing for the applicant, and nothing for whoever may not read the application: ask that before.
    """
    if application.person_id == person.pk or not person.is_authenticated:
        return []
    found = Concern.objects.filter(application=application).select_related("raised_by", "decided_by")
    if not has_role(person, application.cohort, CohortRole.STAFF):
        found = found.filter(Q(raised_by=person) | Q(state=ConcernState.CONFIRMED))
    return list(found)


def concerns_visible_to(person: Any) -> ConcernQuerySet:
    """Those about applications that the person may read, as `concerns_about` has it for one."""
    readable = applications_visible_to(person)
    own = (
        Q(raised_by_id=person.pk) | Q(state=ConcernState.CONFIRMED) | Q(application__cohort__in=cohorts_run_by(person))
    )
    return Concern.objects.filter(own, application__in=readable.values("pk")).exclude(application__person_id=person.pk)


def open_concerns_for(person: Any, cohort: Any) -> ConcernQuerySet:
    """The concerns of the cohort that wait for this person, a member of its staff, to decide."""
    waiting = Concern.objects.open().filter(application__cohort=cohort).exclude(raised_by=person)
    readable = applications_visible_to(person).in_cohort(cohort).exclude(person_id=person.pk)
    return waiting.filter(application__in=readable.values("pk"))


def has_concern(*states: str) -> Exists:
    """Whether an application has a concern in one of the states, for `annotate` and `filter`."""
    return Exists(Concern.objects.filter(application=OuterRef("pk"), state__in=states))
