"""Outcomes are added, never changed, and keep how they are known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from mats_portal.reports.frame import Report
from mats_portal.reports.services import compile_snapshot, export_snapshot
from research_plans.concerns import CONCERNS
from scholars.alumni.letters import due
from scholars.alumni.models import Outcome
from scholars.alumni.reports import OUTCOMES
from scholars.alumni.selectors import counts_by_method, latest_of
from scholars.alumni.services import (
    Doing,
    MayNotRecord,
    NotAnAlumnus,
    NothingKnown,
    NotSaidByStaff,
    record_outcome,
    say_outcome,
    say_still_true,
)
from scholars.alumni.states import Category, Method
from scholars.models import Scholar
from scholars.services import finish_scholars
from tests import make
from tests.conftest import SignIn
from tests.scholars.world import fresh, make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 1)


def finished(cohort: Cohort, *names: str) -> list[Scholar]:
    """Alumni of these names."""
    stream = make_led_stream(cohort, seats=60)
    scholars = [make_scholar(stream, name) for name in names]
    finish_scholars(
        cohort=cohort, codes=[one.code for one in scholars], typed_count=len(scholars), by=make_staff(cohort)
    )
    return list(Scholar.objects.filter(pk__in=[one.pk for one in scholars]).order_by("pk"))


def say(person: Person, cohort: Cohort, category: Category, key: str = "k", day: date = MAY) -> Outcome:
    """The person says what they do."""
    return say_outcome(cohort=cohort, doing=Doing(category, day, "A lab"), form_key=key, by=fresh(person))


def test_still_true_adds_a_row_and_changes_none() -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    first = say(alma.person, cohort, Category.POLICY)
    second = say_still_true(cohort=cohort, as_of=date(2025, 5, 1), form_key="again", by=fresh(alma.person))
    assert (second.category, second.organisation, second.method) == (Category.POLICY, "A lab", Method.SELF)
    assert list(Outcome.objects.order_by("pk")) == [first, second]
    assert latest_of(alma.person, cohort) == second


def test_same_form_sent_twice_says_it_once() -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    assert say(alma.person, cohort, Category.POLICY) == say(alma.person, cohort, Category.POLICY)


def test_only_alumni_say_and_only_staff_record() -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    rui = make_staff(cohort)
    with pytest.raises(NotAnAlumnus):
        say(rui, cohort, Category.OTHER)
    with pytest.raises(NothingKnown):
        say_still_true(cohort=cohort, as_of=MAY, form_key="k", by=fresh(alma.person))
    doing = Doing(Category.STUDYING, MAY)
    with pytest.raises(MayNotRecord):
        record_outcome(scholar=alma, doing=doing, method=Method.STAFF, form_key="k", by=make.make_person("Nobody"))
    with pytest.raises(NotSaidByStaff):
        record_outcome(scholar=alma, doing=doing, method=Method.SELF, form_key="k", by=rui)
    kept = record_outcome(scholar=alma, doing=doing, method=Method.PROFILE, form_key="k", by=rui)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=kept.pk).update(method=Method.SELF)


def test_methods_stay_apart_and_the_newest_row_of_each_counts() -> None:
    cohort = make.make_cohort()
    alma, ben, cyd = finished(cohort, "Alma", "Ben", "Cyd")
    rui = make_staff(cohort)
    say(alma.person, cohort, Category.CAPABILITIES, "old", date(2024, 1, 1))
    say(alma.person, cohort, Category.SAFETY_STAFF, "new", date(2024, 6, 1))
    for scholar, key in ((alma, "a"), (ben, "b")):
        doing = Doing(Category.CAPABILITIES, MAY)
        record_outcome(scholar=scholar, doing=doing, method=Method.PROFILE, form_key=key, by=rui)
    by_method = {one.method: one for one in counts_by_method(cohort)}
    told, read, known = by_method[Method.SELF], by_method[Method.PROFILE], by_method[Method.STAFF]
    assert (told.on_safety, told.on_capabilities, told.known, told.unknown) == (1, 0, 1, 2)
    assert (read.on_safety, read.on_capabilities, read.known, read.unknown) == (0, 2, 2, 1)
    assert (known.known, known.alumni) == (0, 3)
    assert cyd.person not in {one.person for one in Outcome.objects.all()}


@pytest.mark.parametrize("report", [OUTCOMES, CONCERNS], ids=lambda report: report.name)
@pytest.mark.parametrize("is_empty", [True, False])
def test_reports_answer_in_words_and_never_with_one_number(report: Report, is_empty: bool) -> None:
    cohort = make.make_cohort()
    if not is_empty:
        alma, ben = finished(cohort, "Alma", "Ben")
        say(alma.person, cohort, Category.SAFETY_STAFF)
        say(ben.person, cohort, Category.CAPABILITIES)
    tables = report.compile(cohort)
    assert tables.answer.endswith(".")
    if report is CONCERNS and not is_empty:
        needed = {table.title: table for table in tables.tables}["Break-even"].rows[0][-1]
        assert needed == "10.0 % to 20.0 %; 20.0 % if all not known are on capabilities"
        assert "not measured" in tables.tables[1].note


def test_question_comes_after_three_six_and_twelve_months_to_those_who_said_nothing_since() -> None:
    cohort = make.make_cohort()
    quiet, told = finished(cohort, "Quin", "Tom")
    Scholar.objects.update(ended_at=Now() - timedelta(days=92), enrolled_at=Now() - timedelta(days=200))
    say(told.person, cohort, Category.OTHER)
    assert [one.person for one in due(timezone.now())] == [quiet.person]
    (after_a_year,) = [one for one in due(timezone.now() + timedelta(days=274)) if one.person == told.person]
    assert after_a_year.key.endswith(":12m")
    assert list(due(timezone.now() + timedelta(days=60))) == []


def test_alumna_answers_in_two_clicks(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    client = sign_in(alma.person)
    assert b"What do you do now, Alma?" in client.get("/").content
    refused = client.post("/outcome/", {"organisation": "Words to keep"})
    assert b"Words to keep" in refused.content
    client.post("/outcome/", {"category": "policy", "organisation": "An office"})
    assert b"Still true, Alma?" in client.get("/").content
    client.post("/outcome/still-true/", {"form_key": "x"})
    assert Outcome.objects.filter(person=alma.person, method=Method.SELF, organisation="An office").count() == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-12-31", "2199-01-01", "not a day"])
def test_day_that_has_not_come_or_never_was_is_refused(sign_in: SignIn, day: str) -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    page = f"/cohorts/{cohort.slug}/alumni/{alma.code}/"
    answer = sign_in(make_staff(cohort)).post(
        page, {"category": "other", "method": "staff", "as_of": day, "note": "kept"}
    )
    assert answer.status_code == 200
    assert b"kept" in answer.content
    assert not Outcome.objects.exists()


def test_list_asks_the_database_as_often_for_thirty_as_for_three(
    sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    asked = []
    for number in (3, 30):
        cohort = make.make_cohort()
        alumni = finished(cohort, *(f"Al{one}" for one in range(number)))
        for one in alumni:
            say(one.person, cohort, Category.OTHER)
        client = sign_in(make_staff(cohort))
        client.get("/settings/")
        with django_assert_max_num_queries(12) as captured:  # type: ignore[operator]
            page = client.get(f"/cohorts/{cohort.slug}/alumni/")
        assert page.content.count(b"data-href") == number
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_snapshot_of_a_cohort_keeps_both_reports() -> None:
    cohort = make.make_cohort()
    (alma,) = finished(cohort, "Alma")
    say(alma.person, cohort, Category.SAFETY_STAFF)
    snapshot = compile_snapshot(cohort=cohort, by=None)
    assert {"outcomes", "concerns", "plans"} <= {one["name"] for one in snapshot.content["reports"]}
    for form in ("csv", "xlsx"):
        assert export_snapshot(snapshot=snapshot, form=form, by=make_staff(cohort))
