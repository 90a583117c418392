"""The discussion of an application, for whoever may see its scores."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mentors.models import Contribution
from mentors.selectors.reviewing import assessable_by, conflicted_applications
from mentors.selectors.scores import unsealed


def discussable_by(person: Any) -> QuerySet[Application]:
    """Submitted applications whose scores are open to the person: staff of the cohort, or who has scored or waived."""
    if not person.is_authenticated:
        return Application.objects.none()
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    reachable = Q(cohort__in=run) | Q(pk__in=assessable_by(person).values("pk"))
    found = Application.objects.submitted().filter(reachable).filter(unsealed(person, ""))
    return found.exclude(pk__in=conflicted_applications(person)).exclude(person_id=person.pk)


def discussion_of(application: Application) -> list[tuple[Contribution, list[Contribution]]]:
    """The contributions in the order they were made, each with its answers, in one statement."""
    said = list(Contribution.objects.filter(application=application).select_related("author"))
    return [(one, [answer for answer in said if answer.answer_to_id == one.pk]) for one in said if not one.answer_to_id]
