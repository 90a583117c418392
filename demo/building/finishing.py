"""The end of a cohort: scholars become alumnae and alumni, and some say what they do now."""

from __future__ import annotations

from datetime import timedelta

from demo.building.stage import Stage
from demo.moments import CLOSING
from demo.people import LUM, RUI
from demo.simulation.outcomes import simulate_outcomes
from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from scholars.alumni.models import Outcome
from scholars.alumni.states import Category, Method
from scholars.models import Scholar
from scholars.services import finish_scholars


def finish(stage: Stage) -> None:
    """Finish everybody, then write down the outcomes; what Lum does now is not known yet."""
    codes = list(Scholar.objects.active().in_cohort(stage.cohort).values_list("code", flat=True))
    finish_scholars(cohort=stage.cohort, codes=codes, typed_count=len(codes), by=stage.cast[RUI])
    ended = stage.calendar.start_of(CLOSING[MilestoneKind.EXTENSION_ENDS], hour=17)
    Scholar.objects.in_cohort(stage.cohort).update(ended_at=ended)
    members = Membership.objects.in_cohort(stage.cohort)
    members.in_role(CohortRole.SCHOLAR).filter(until__gt=ended).update(until=ended)
    members.in_role(CohortRole.ALUMNUS).update(since=ended)
    people = {one.person.email: one.person for one in Scholar.objects.in_cohort(stage.cohort).select_related("person")}
    people.pop(LUM.email, None)
    for one in simulate_outcomes(stage.recipe.seed, sorted(people)):
        at = min(ended + timedelta(days=one.day), stage.now)
        person = people[one.scholar]
        Outcome.objects.create(
            person=person,
            cohort=stage.cohort,
            category=Category(one.category),
            method=Method(one.method),
            organisation=one.organisation,
            as_of=at.date(),
            recorded_by=person if one.method == Method.SELF else stage.cast[RUI],
            recorded_at=at,
        )
