"""How applications come in, beside the cohort before, aligned by the close."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.charting import chart_of, done_in
from applications.models import Application, Submission
from applications.outreach.models import Action
from applications.selectors.arriving import LONGEST, Count, Pace, pace_of
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def cohort_closing(name: str, days: float, before_close: list[float]) -> Cohort:
    """A cohort that closes in so many days, with an application begun and first submitted so many days before that."""
    cohort = make.make_cohort(name)
    close = timezone.now() + timedelta(days=days)
    for number, length in enumerate(before_close):
        one = make.make_application(cohort, make.make_person(f"{name}{number}"), submitted=False)
        submit(one, close - timedelta(days=length))
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=close)
    return cohort


def submit(application: Application, at: datetime) -> None:
    """As if it had been begun and first submitted then, and once more just now."""
    Submission.objects.create(application=application, number=1, at=at, digest="", content={})
    Application.objects.filter(pk=application.pk).update(
        started_at=at, submitted_at=timezone.now(), state="submitted", submission_count=2
    )


def run_by_rui(*cohorts: Cohort) -> Person:
    """Rui runs these cohorts."""
    rui = make.make_person("Rui")
    for cohort in cohorts:
        make.make_membership(rui, cohort, CohortRole.STAFF)
    return Person.objects.get(pk=rui.pk)


def the_pace(cohort: Cohort, person: Person) -> Pace:
    """The pace, which there is when a close is set."""
    pace = pace_of(cohort, person)
    assert pace is not None
    return pace


def test_two_cohorts_are_compared_at_equal_time_left(sign_in: SignIn) -> None:
    last = cohort_closing("Last", -200, [90, 10.5, 5.5, 5.1, 0.5, 0.1])
    now = cohort_closing("Now", 5.2, [30, 6.1])
    cohort_closing("Not ours", -100, [8])
    make.make_application(now, make.make_person("Drafting"), submitted=False)
    rui = run_by_rui(last, now)
    pace = the_pace(now, rui)
    assert (pace.before, pace.days_left, len(pace.days)) == (last, 5, LONGEST + 1)
    told = {day.days_left: (day.now, day.before.submitted) for day in pace.days}
    assert told[60] == (Count(0, 0), 1)
    assert told[10] == (Count(1, 1), 2)
    assert told[5] == (Count(3, 2), 4)
    assert told[4] == (None, 4)
    assert told[0] == (None, 6)
    page = sign_in(rui).get(reverse("applications:pace", args=[now.slug])).text
    assert "3 people have begun and 2 have submitted" in page
    # Of those four, the one who came with 5.1 days left had not come with 5.2 left.
    assert "With as much time left, 3 had submitted to Last; in the end it was 6." in page


def test_withdrawn_and_joined_applications_are_counted_as_in_the_table() -> None:
    cohort = cohort_closing("Now", 5.2, [6.5, 6.5, 6.5])
    withdrawn, joined, read = Application.objects.in_cohort(cohort).order_by("pk")
    Application.objects.filter(pk=withdrawn.pk).update(state="withdrawn", withdrawn_at=timezone.now())
    Application.objects.filter(pk=joined.pk).update(joined_to=read)
    assert the_pace(cohort, run_by_rui(cohort)).today == Count(started=2, submitted=1)


def test_chart_marks_what_was_done_and_tells_it_in_the_list_and_the_table(sign_in: SignIn) -> None:
    cohort = cohort_closing("Now", 5.2, [20.5])
    rui, (channel, *_) = run_by_rui(cohort), make.make_channels()
    today = timezone.now().date()
    for ago, audience in ((12, "students"), (12, "engineers"), (3, "followers <b>")):
        Action.objects.create(cohort=cohort, on=today - timedelta(days=ago), channel=channel, audience=audience, by=rui)
    pace = the_pace(cohort, rui)
    done = done_in(pace)
    assert [len(one.deeds) for one in done] == [2, 1]
    chart = chart_of(pace, cohort, done, by_day=False)
    assert [mark.url for mark in chart.marks] == ["#done-1", "#done-2"]
    assert 0 < chart.marks[0].x < chart.marks[1].x < chart.span
    for query in ("", "?by=day"):
        page = sign_in(rui).get(reverse("applications:pace", args=[cohort.slug]) + query).text
        assert 'href="#done-2"' in page
        assert 'id="done-2"' in page
        assert page.count(f"{channel.name}: followers &lt;b&gt;") == 4  # the mark's name and words, the list, the table


def test_line_ends_where_it_stands_now_and_the_one_before_at_the_close() -> None:
    last, now = cohort_closing("Last", -200, [9.5, 1.5]), cohort_closing("Now", 5.2, [8.5, 6.5])
    pace = the_pace(now, run_by_rui(last, now))
    so_far = chart_of(pace, now, [], by_day=False)
    own, before = so_far.courses[0].points[-1], so_far.courses[2].points[-1]
    assert own == pytest.approx((so_far.span - 5.2, 2), abs=0.01)
    assert before == pytest.approx((so_far.span, 2))
    assert so_far.here == pytest.approx(so_far.span - 5.2, abs=0.01)
    each = chart_of(pace, now, [], by_day=True)
    assert sum(y for _, y in each.courses[0].points) == 2
    assert sum(y for _, y in each.courses[2].points) == 2
    over = the_pace(last, make.make_person("Nobody"))
    assert [chart_of(over, last, [], by_day=False).here] == [None]


def test_first_cohort_one_without_a_close_and_one_without_anybody_say_so(sign_in: SignIn) -> None:
    first = cohort_closing("First", 70, [])
    rui = run_by_rui(first)
    page = sign_in(rui).get(reverse("applications:pace", args=[first.slug])).text
    assert "no earlier cohort of yours" in page
    assert "The chart begins with the first application" in page
    Milestone.objects.filter(cohort=first, kind=MilestoneKind.APPLICATIONS_CLOSE).delete()
    assert "No close is set yet" in sign_in(rui).get(reverse("applications:pace", args=[first.slug])).text


def test_page_asks_no_more_of_the_database_for_more_applications_and_deeds(sign_in: SignIn) -> None:
    cohort = cohort_closing("Now", 5.2, [6.5])
    rui, (channel, *_) = run_by_rui(cohort), make.make_channels()
    client, url = sign_in(rui), reverse("applications:pace", args=[cohort.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(3):
        submit(make.make_application(cohort, make.make_person(f"P{number}"), submitted=False), timezone.now())
        Action.objects.create(cohort=cohort, on=timezone.now().date(), channel=channel, audience="all", by=rui)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 14


def test_what_was_done_before_anybody_came_stands_at_the_edge_with_its_own_day(sign_in: SignIn) -> None:
    cohort = cohort_closing("Now", 5.2, [9.5])
    rui, (channel, *_) = run_by_rui(cohort), make.make_channels()
    early = timezone.now().date() - timedelta(days=90)
    Action.objects.create(cohort=cohort, on=early, channel=channel, audience="students", by=rui)
    pace = the_pace(cohort, rui)
    assert len(pace.days) == 10
    assert pace.days[0].deeds == [f"{channel.name}: students"]
    assert chart_of(pace, cohort, done_in(pace), by_day=False).marks[0].x == 0
    page = sign_in(rui).get(reverse("applications:pace", args=[cohort.slug])).text
    assert f"{early.day} {early:%b}" in page
