"""Whose names have opened where reviews are blind."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from mats_portal.cohorts.states import NamesOpen
from mentors.models import Assessment, Decision, Offer
from mentors.selectors.reviewing import standing_assignments, waived_applications
from mentors.selectors.scores import unsealed


def opened_names(person: Any) -> QuerySet[Application, Any]:
    """The keys of the applications whose names are open to the person: the applicant was told the decision.

    Or, where the cohort says so, the person's own scores are in: names open with others' scores, never before. To
    whoever left the scoring to others they open once somebody else has scored: until then they may score after all.
    """
    told = Q(pk__in=Offer.objects.seen_by_applicant().values("application"))
    told |= Q(pk__in=Decision.objects.told().values("application"))
    others = Assessment.objects.filter(application=OuterRef("pk"), sheet__finished_at__isnull=False)
    own = Q(pk__in=standing_assignments(person).finished().values("application"))
    left = Q(pk__in=waived_applications(person)) & ~own & ~Exists(others.exclude(reviewer_id=person.pk))
    scored = Q(cohort__names_open=NamesOpen.OWN_SCORES) & unsealed(person, "") & ~left
    return Application.objects.filter(told | scored).order_by().values("pk")
