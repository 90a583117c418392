"""The database says when something closes for a person, and judges by its own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Extension, Membership
from mats_portal.cohorts.selectors import effective_deadline
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 3, 1, 12, tzinfo=UTC)
KIND = MilestoneKind.PLANS_DUE


def extend(cohort: Cohort, person: Person, by: timedelta) -> None:
    rui = make.make_person("Rui")
    Extension.objects.create(cohort=cohort, kind=KIND, person=person, at=CLOSES + by, reason="Ill.", given_by=rui)


def asked(cohort: Cohort, person: Person) -> datetime | None:
    found: datetime | None = (
        Cohort.objects.filter(pk=cohort.pk).values_list(EffectiveDeadline("pk", KIND, person.pk), flat=True).first()
    )
    return found


def test_deadline_is_the_cohorts() -> None:
    cohort, ada = make.make_cohort(milestones={KIND: CLOSES}), make.make_person("Ada")
    assert asked(cohort, ada) == effective_deadline(cohort, KIND, ada) == CLOSES


@pytest.mark.parametrize(("days", "expected"), [(3, 3), (-3, 0)])
def test_extension_moves_the_deadline_of_its_person_and_never_shortens_it(days: int, expected: int) -> None:
    cohort, ada, sam = make.make_cohort(milestones={KIND: CLOSES}), make.make_person("Ada"), make.make_person("Sam")
    extend(cohort, sam, timedelta(days=days))
    assert asked(cohort, sam) == effective_deadline(cohort, KIND, sam) == CLOSES + timedelta(days=expected)
    assert asked(cohort, ada) == CLOSES


def test_deadline_that_is_not_set_is_unknown_and_nothing_is_accepted() -> None:
    cohort, ada = make.make_cohort(milestones={}), make.make_person("Ada")
    make.make_membership(ada, cohort, CohortRole.SCHOLAR)
    assert asked(cohort, ada) is None
    assert effective_deadline(cohort, KIND, ada) is None
    closes = EffectiveDeadline(F("cohort_id"), KIND, F("person_id"))
    assert not Membership.objects.alias(closes=closes).filter(closes__gt=Now()).exists()
