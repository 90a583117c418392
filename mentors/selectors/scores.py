"""Which scores of others a person may see: none of an application that is still theirs to score.

Counts, averages and exports are taken from `assessments_visible_to` and from nothing else, so that they tell no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from applications.models import Application
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Mark
from mentors.selectors.composite import piles_of
from mentors.selectors.reviewing import (
    chosen_applications,
    cohorts_evaluated_by,
    conflicted_applications,
    standing_assignments,
    waived_applications,
)


def unsealed(person: Any, path: str = "application__") -> Q:
    """The applications whose scores by others are open to the person; `path` leads to them from what is filtered.

    Programme staff: all of their cohorts. Reviewers and mentors: where their own scores are in. Mentors, too, where
    they said that they will not score an applicant of their stream. Nobody, staff included, while they owe a review,
    or an answer's mark, or while as a mentor of a chosen stream they have neither scored nor said that they will not;
    the scores of an applicant's earlier applications wait as long.
    """
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    key, assigned = f"{path}pk__in", standing_assignments(person)
    chosen = Q(**{key: chosen_applications(person)})
    done = Q(**{key: assigned.finished().values("application")})
    waived = chosen & Q(**{key: waived_applications(person)})
    owed = Q(**{key: assigned.unfinished().values("application")})
    marked = Q(**{key: Mark.objects.of(person).owed().values("application")})
    readable = Q(**{f"{path}cohort__in": run}) & ~chosen | done | waived
    return readable & ~owed & ~marked & ~_is_earlier(person, path)


def still_to_score(person: Any) -> Q:
    """Applications that the person owes a review or a mark, or may score as a mentor and has neither done nor left."""
    owed = standing_assignments(person).unfinished().values("application")
    done = standing_assignments(person).finished().values("application")
    unread = Q(pk__in=chosen_applications(person)) & ~Q(pk__in=done) & ~Q(pk__in=waived_applications(person))
    marks = Mark.objects.of(person).owed().values("application")
    return Q(pk__in=owed) | Q(pk__in=marks) | unread


def _is_earlier(person: Any, path: str) -> Q:
    """Whether the same applicant has a later application that the person is still to score.

    Who evaluates in one cohort reads none of an earlier one, and the database is not asked.
    """
    if len(set(cohorts_evaluated_by(person))) <= 1:
        return Q(pk__in=())
    later = Application.objects.submitted().filter(still_to_score(person), person=OuterRef(f"{path}person_id"))
    return Q(Exists(later.filter(started_at__gt=OuterRef(f"{path}started_at"))))


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


def mark_facts(marks: QuerySet[Mark]) -> QuerySet[Mark, Any]:
    """Of each mark one object of what a page shows: marker, criterion, wording of the question, value."""
    of = "marking__"
    facts = JSONObject(
        by=f"{of}marker_id",
        marker=f"{of}marker__name",
        criterion=f"{of}criterion__label",
        wording=f"{of}wording",
        value=F("value"),
    )
    return marks.order_by(f"{of}assigned_at", "pk").values_list(facts, flat=True)


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


def sealed_to(person: Any) -> Q:
    """The applications whose scores open when the person has scored them, or said that they will not.

    And the earlier ones of the same applicants.
    """
    return still_to_score(person) | _is_earlier(person, "")


def sealed_for(person: Any, applications: QuerySet[Application]) -> set[int]:
    """The keys of those of the given applications that are `sealed_to` the person."""
    return set(applications.filter(sealed_to(person)).order_by().values_list("pk", flat=True))
