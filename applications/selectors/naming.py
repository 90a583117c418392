"""Whose names a person may read. Where reviews are blind, a neutral name stands for everybody else."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left, Upper

from applications.models import Application
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole, NamesOpen
from mats_portal.web.furnishing import furnishings

LETTERS = 5  # Of the code: two of a thousand applicants share them once in sixty cohorts.


def blind_cohorts(person: Any) -> list[int]:
    """The keys of the person's cohorts in which names open later, without those whose staff they are. No statement."""
    run = own_cohorts(person, CohortRole.STAFF)
    several = own_cohorts(person, *CohortRole)
    return [one.pk for one in several if one.names_open != NamesOpen.ALWAYS and one not in run]


def names_hidden_from(person: Any, path: str = "") -> Q:
    """The applications whose names the person may not read yet; `path` leads to them from what is filtered.

    Later storeys furnish `opened_names`: functions `(person) -> keys of applications` that are open by now.
    """
    blind = blind_cohorts(person)
    if not blind:
        return Q(pk__in=())
    hidden = Q(**{f"{path}cohort__in": blind}) & ~Q(**{f"{path}person": person.pk})
    for opened in furnishings("opened_names"):
        hidden &= ~Q(**{f"{path}pk__in": opened(person)})
    return hidden


def with_names(rows: QuerySet[Any], person: Any, path: str = "") -> QuerySet[Any, Any]:
    """The rows with `shown_name`, the applicant's name or “Applicant K7Q2P”, and `is_nameless`.

    The database chooses, so that a hidden name leaves it nowhere: pages, orders and searches use `shown_name` alone.
    """
    hidden = names_hidden_from(person, path)
    neutral = Concat(Value("Applicant "), Upper(Left(F(f"{path}code"), LETTERS)))
    named: QuerySet[Any, Any] = rows.annotate(
        shown_name=Case(When(hidden, then=neutral), default=F(f"{path}person__name")),
        is_nameless=ExpressionWrapper(hidden, BooleanField()),
    )
    return named


def is_nameless_to(person: Any, application: Application) -> bool:
    """Whether the applicant's name is hidden from the person; asks only where `with_names` has not been asked."""
    if application.cohort_id not in blind_cohorts(person):
        return False
    known: bool | None = getattr(application, "is_nameless", None)
    if known is not None:
        return known
    return Application.objects.filter(names_hidden_from(person), pk=application.pk).exists()
