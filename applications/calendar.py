"""What happens when, in the applicant's words."""

from __future__ import annotations

from datetime import datetime

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.selectors import day_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.components.moments import PathStep

HEARD = "You hear from us, either way"
WORDS = {
    MilestoneKind.APPLICATIONS_OPEN: "Applications open",
    MilestoneKind.APPLICATIONS_CLOSE: "Applications close",
    MilestoneKind.REVIEWS_DUE: "People have read",
    MilestoneKind.OFFERS_RELEASED: HEARD,
    MilestoneKind.ANSWERS_DUE: "You answer",
    MilestoneKind.TRAINING_STARTS: "Training starts",
    MilestoneKind.IN_PERSON_STARTS: "The programme starts",
}


def dates_of(cohort: Cohort) -> dict[str, datetime]:
    """When each of these steps is, by the kind of its milestone."""
    return dict(Milestone.objects.filter(cohort=cohort, kind__in=list(WORDS)).values_list("kind", "at"))


def steps_of(cohort: Cohort, dates: dict[str, datetime] | None = None) -> list[PathStep]:
    """The dated steps that an applicant goes through, in their order; `dates` if they are at hand."""
    dates = dates_of(cohort) if dates is None else dates
    return [
        PathStep(label, dates[kind], text=day_of(kind, dates[kind], cohort.zone))
        for kind, label in WORDS.items()
        if kind in dates
    ]
