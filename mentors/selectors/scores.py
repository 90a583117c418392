"""Which scores of others a person may see: none of an application that is still theirs to score.

Counts, averages and exports are taken from `assessments_visible_to` and from nothing else, so that they tell no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Mark
from mentors.selectors.composite import piles_of
from mentors.selectors.reviewing import (
    chosen_applications,
    conflicted_applications,
    standing_assignments,
    waived_applications,
)


def unsealed(person: Any, path: str = "application__") -> Q:
    """The applications whose scores by others are open to the person; `path` leads to them from what is filtered.

    Programme staff: all of their cohorts. Reviewers and mentors: where their own scores are in. Mentors, too, where
    they said that they will not score an applicant of their stream. Nobody, staff included, while they owe a review,
    or an answer's mark, or while as a mentor of a chosen stream they have neither scored nor said that they will not.
    """
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    key, assigned = f"{path}pk__in", standing_assignments(person)
    chosen = Q(**{key: chosen_applications(person)})
    done = Q(**{key: assigned.finished().values("application")})
    owed = Q(**{key: assigned.unfinished().values("application")})
    waived = chosen & Q(**{key: waived_applications(person)})
    marked = Q(**{key: Mark.objects.of(person).owed().values("application")})
    return (Q(**{f"{path}cohort__in": run}) & ~chosen | done | waived) & ~owed & ~marked


def assessments_visible_to(person: Any, application: Application | None = None) -> QuerySet[Assessment]:
    """The person's own; of others those that are in and stand, where they are `unsealed` for the person."""
    if not person.is_authenticated:
        return Assessment.objects.none()
    others = Q(sheet__finished_at__isnull=False, assignment__removed_at=None, application__state="submitted")
    found = Assessment.objects.exclude(application__in=conflicted_applications(person)).exclude(
        application__person_id=person.pk
    )
    found = found.filter((others & unsealed(person)) | Q(reviewer_id=person.pk))
    return found if application is None else found.filter(application=application)


def marks_visible_to(person: Any) -> QuerySet[Mark]:
    """Marks by question that are in: the person's own, and others' where they are `unsealed` for the person."""
    if not person.is_authenticated:
        return Mark.objects.none()
    found = Mark.objects.given().exclude(application__in=conflicted_applications(person))
    return found.exclude(application__person_id=person.pk).filter(unsealed(person) | Q(marking__marker_id=person.pk))


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """What may be shown of an application's scores: how many people gave them and the two means, never added up."""

    count: int
    ability: Decimal | None
    motivation: Decimal | None


def score_summaries(person: Any, applications: QuerySet[Application]) -> dict[int, ScoreSummary]:
    """The summary of each application by key, as far as the person may see; nothing for what they may not."""
    wanted = applications.values("pk")
    sheets = assessments_visible_to(person).filter(application__in=wanted, sheet__finished_at__isnull=False)
    piles = piles_of(sheets, marks_visible_to(person).filter(application__in=wanted))
    return {
        key: ScoreSummary(len(pile.scorers), pile.mean(Dimension.ABILITY), pile.mean(Dimension.MOTIVATION))
        for key, pile in piles.items()
    }


def sealed_for(person: Any, applications: QuerySet[Application]) -> set[int]:
    """Of the given applications those whose scores open when the person has scored them, or said that they will not."""
    owed = standing_assignments(person).unfinished().values("application")
    done = standing_assignments(person).finished().values("application")
    unread = Q(pk__in=chosen_applications(person)) & ~Q(pk__in=done) & ~Q(pk__in=waived_applications(person))
    marks = Mark.objects.of(person).owed().values("application")
    sealed = Q(pk__in=owed) | Q(pk__in=marks) | unread
    return set(applications.filter(sealed).order_by().values_list("pk", flat=True))
