"""What staff are told of an applicant's background: flags that reject nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Application
from applications.selectors import flagged, flags_of
from applications.services import save_section, submit_application
from applications.snapshot import measured
from applications.states import ApplicationState, Education, Flag
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = {"available_from": "", "available_until": "", "commitments": "", "years": []}


@pytest.fixture
def application() -> Application:
    """Ada's draft, of which nothing is remarkable."""
    made = make.make_application(make.make_cohort(), submitted=False)
    save_section(application=made, values=NOTHING | {"already": ["No"]}, expected_revision=99, by=made.person)
    return made


def submit(application: Application, **values: Any) -> Application:
    save_section(application=application, values=values, expected_revision=99, by=application.person)
    submit_application(application=application, by=application.person)
    application.refresh_from_db()
    return application


def day(application: Application, kind: MilestoneKind, later: int) -> str:
    at = Milestone.objects.get(cohort=application.cohort, kind=kind).at
    return (at.date() + timedelta(days=later)).isoformat()


@pytest.mark.parametrize(
    ("answers", "flag"),
    [
        ({"education": ["Postdoc"]}, Flag.SENIOR),
        ({"education": ["Professor"]}, Flag.SENIOR),
        ({"years": ["10+"]}, Flag.SENIOR),
        ({"education": ["PhD"], "years": ["9"]}, None),
        ({"already": ["Yes"]}, Flag.ALREADY),
        ({"prerequisite": ["No"]}, Flag.NO_PREREQUISITE),
        ({"prerequisite": ["In progress"]}, None),
        ({"commitments": "31"}, Flag.COMMITTED),
        ({"commitments": "30"}, None),
        ({}, None),
    ],
)
def test_flag_applies_to_what_was_said(application: Application, answers: dict[str, Any], flag: Flag | None) -> None:
    submit(application, **answers)
    expected = [flag] if flag else []
    assert flags_of(application) == expected
    found = [one for one in Flag if flagged(Application.objects.all(), [one]).exists()]
    assert found == expected
    assert application.state == ApplicationState.SUBMITTED


@pytest.mark.parametrize(
    ("question", "kind", "later", "is_away"),
    [
        ("available_from", MilestoneKind.IN_PERSON_STARTS, 0, False),
        ("available_from", MilestoneKind.IN_PERSON_STARTS, 1, True),
        ("available_until", MilestoneKind.IN_PERSON_ENDS, 0, False),
        ("available_until", MilestoneKind.IN_PERSON_ENDS, -1, True),
    ],
)
def test_who_cannot_be_there_the_whole_time_is_flagged_by_the_cohorts_own_dates(
    application: Application, question: str, kind: MilestoneKind, later: int, is_away: bool
) -> None:
    submit(application, **{question: day(application, kind, later)})
    assert (Flag.AWAY in flags_of(application)) is is_away
    Milestone.objects.filter(cohort=application.cohort).delete()
    assert flags_of(application) == []


def test_answers_are_counted_by_and_nonsense_is_left_out(application: Application) -> None:
    submit(application, available_from="2026-06-01", available_until="2026-08-31", commitments="12")
    assert (application.available_from, application.available_until) == (date(2026, 6, 1), date(2026, 8, 31))
    assert application.commitments == 12
    assert application.education == Education.NO_DEGREE
    asked = ("available_from", "commitments")
    answers: list[dict[str, Any]] = [{"measures": key, "choices": [], "text": "soon"} for key in asked]
    found = measured({"parts": [{"stream": "", "answers": answers}]})
    assert (found["available_from"], found["commitments"]) == (None, None)


def test_staff_see_flags_and_filter_by_them_and_mentors_do_not(application: Application, sign_in: SignIn) -> None:
    submit(application, education=["Professor"], commitments="35")
    make.make_application(application.cohort, make.make_person("Bea"))
    rui = make.make_membership(make.make_person("Rui"), application.cohort, CohortRole.STAFF).person
    stream = application.preferences.get().stream
    mira = make.make_membership(make.make_person("Mira"), application.cohort, CohortRole.MENTOR, stream).person
    page = sign_in(rui).get(application.get_absolute_url()).text
    for words in ("Senior transition", "Other commitments above 30 hours", "no reason to reject", "35 hours a week"):
        assert words in page
    assert "Senior transition" not in sign_in(mira).get(application.get_absolute_url()).text
    table = reverse("applications:applications", args=[application.cohort.slug])
    found = sign_in(rui).get(table, {"flag": ["senior", "committed", "no such flag"]})
    assert len(found.context["page"].items) == 2  # a value that cannot be is left out of account
    found = sign_in(rui).get(table, {"flag": ["senior", "committed"]})
    assert [one["code"] for one in found.context["page"].items] == [application.code]


def test_applicant_with_a_full_week_is_told_before_submitting_and_may_submit(
    application: Application, sign_in: SignIn
) -> None:
    at = reverse("applications:review", args=[application.cohort.slug])
    assert "full week" not in sign_in(application.person).get(at).text
    save_section(application=application, values={"commitments": "35"}, expected_revision=99, by=application.person)
    page = sign_in(application.person).get(at)
    assert "other things take 35 hours a week" in page.text
    assert "Submit the application" in page.text
