"""How applications come in, beside the cohort before, aligned by the close."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from applications.selectors.arriving import LONGEST, pace_of
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def cohort_closing(name: str, days: float, before_close: list[float]) -> Cohort:
    """A cohort that closes in so many days, with an application submitted so many days before that each."""
    cohort = make.make_cohort(name)
    close = timezone.now() + timedelta(days=days)
    for number, length in enumerate(before_close):
        one = make.make_application(cohort, make.make_person(f"{name}{number}"))
        Application.objects.filter(pk=one.pk).update(submitted_at=close - timedelta(days=length))
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=close)
    return cohort


def test_two_cohorts_are_compared_at_equal_days_left(sign_in: SignIn) -> None:
    last = cohort_closing("Last", -200, [90, 10.5, 5.5, 0.5, 0.1])
    now = cohort_closing("Now", 5.2, [30, 6.1])
    cohort_closing("Not ours", -100, [8])
    rui = make.make_person("Rui")
    for cohort in (last, now):
        make.make_membership(rui, cohort, CohortRole.STAFF)
    pace = pace_of(now, Person.objects.get(pk=rui.pk))
    assert pace is not None
    assert (pace.before, pace.days_left, len(pace.days)) == (last, 5, LONGEST + 1)
    told = {day.days_left: (day.now, day.before) for day in pace.days}
    assert told[60] == (0, 1)
    assert told[10] == (1, 2)
    assert told[5] == (2, 3)
    assert told[4] == (None, 3)
    assert told[0] == (None, 5)
    page = sign_in(rui).get(reverse("applications:pace", args=[now.slug])).text
    assert "2 people have submitted with 5 whole days left" in page
    assert "it was 3 for Last, and 5 in the end" in page


def test_first_cohort_and_one_without_a_close_say_so(sign_in: SignIn) -> None:
    first = cohort_closing("First", 70, [])
    rui = make.make_person("Rui")
    make.make_membership(rui, first, CohortRole.STAFF)
    assert "no earlier cohort of yours" in sign_in(rui).get(reverse("applications:pace", args=[first.slug])).text
    Milestone.objects.filter(cohort=first, kind=MilestoneKind.APPLICATIONS_CLOSE).delete()
    assert "No close is set yet" in sign_in(rui).get(reverse("applications:pace", args=[first.slug])).text
