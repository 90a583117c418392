"""Whose names have opened where reviews are blind."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.states import NamesOpen
from mentors.models import Decision, Offer
from mentors.selectors.scores import unsealed


def opened_names(person: Any) -> QuerySet[Application, Any]:
    """The keys of the applications whose names are open to the person: the applicant was told the decision.

    Or, where the cohort says so, the person's own scores are in: names open with others' scores, never before.
    """
    told = Q(pk__in=Offer.objects.seen_by_applicant().values("application"))
    told |= Q(pk__in=Decision.objects.told().values("application"))
    scored = Q(cohort__names_open=NamesOpen.OWN_SCORES) & unsealed(person, "")
    return Application.objects.filter(told | scored).order_by().values("pk")
