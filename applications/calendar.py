"""What happens when, in the applicant's words."""

from __future__ import annotations

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.selectors import day_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.components.moments import PathStep

WORDS = {
    MilestoneKind.APPLICATIONS_OPEN: "Applications open",
    MilestoneKind.APPLICATIONS_CLOSE: "Applications close",
    MilestoneKind.REVIEWS_DUE: "People have read",
    MilestoneKind.OFFERS_RELEASED: "You hear from us, either way",
    MilestoneKind.ANSWERS_DUE: "You answer",
    MilestoneKind.TRAINING_STARTS: "Training starts",
    MilestoneKind.IN_PERSON_STARTS: "The programme starts",
}


def steps_of(cohort: Cohort) -> list[PathStep]:
    """The dated steps that an applicant goes through, in their order."""
    dates = dict(Milestone.objects.filter(cohort=cohort, kind__in=list(WORDS)).values_list("kind", "at"))
    return [
        PathStep(label, dates[kind], text=day_of(kind, dates[kind], cohort.zone))
        for kind, label in WORDS.items()
        if kind in dates
    ]
