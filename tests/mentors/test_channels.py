"""The report on channels: how far people came, and an answer that never says more than its figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from applications.outreach.models import Channel, Interest, InterestChannel
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person
from mats_portal.reports.frame import HIDDEN, Estimates, Table
from mats_portal.reports.statistics import Share
from mentors.channels import NO_CAUSE, compile_advertising
from mentors.models import Assessment, Offer
from mentors.selectors.arriving import arrivals_of
from tests import make
from tests.mentors.world import make_applicant, make_assessment, make_mentor, make_reviewer, rank
from tests.scholars.world import accept, release

pytestmark = pytest.mark.django_db
SLACK, TWITTER = "AI safety Slack", "Twitter"


def applied(stream: Stream, *channels: str, name: str = "Ada") -> Application:
    application = make_applicant(stream.cohort, stream, name=name)
    application.channels = list(channels)
    application.save()
    return application


def interested(cohort: Cohort, email: str, *channels: str) -> None:
    interest = Interest.objects.create(cohort=cohort, name="Ada", email=email)
    for channel in Channel.objects.filter(name__in=channels):
        InterestChannel.objects.create(interest=interest, channel=channel)


def scored(stream: Stream, channel: str, reviewers: list[Person], *scores: int) -> None:
    for score in scores:
        application = applied(stream, channel)
        for reviewer in reviewers:
            given: dict[str, Any] = dict.fromkeys(("technical_ability", "hard_question", "research_judgement"), score)
            make_assessment(application, reviewer, **given, motivation=score)


def row_of(table: Table, name: str) -> tuple[Any, ...]:
    return next(row for row in table.rows if row[0] == name)


def test_channel_is_followed_from_interest_to_acceptance() -> None:
    make.make_channels()
    cohort = make.make_cohort(seats=20)
    stream = make.make_stream(cohort, seats=9)
    mira = make_mentor(stream)
    people = [applied(stream, TWITTER, name=f"Ada {n}") for n in range(6)]
    rank(stream, mira, *people, would_take=2)
    accept(release(people[0], stream))
    release(people[1], stream)
    interested(cohort, people[0].person.email, TWITTER)
    for n in range(7):
        interested(cohort, f"only.{n}@example.org", TWITTER, SLACK)
    counts, shares = compile_advertising(cohort).tables
    assert row_of(counts, TWITTER) == (TWITTER, "outside", 8, 6, 6, 2, 2, 1)
    assert row_of(counts, SLACK) == (SLACK, "the community", 7, 0, 0, 0, 0, 0)
    told = row_of(shares, TWITTER)
    assert [(cell.k, cell.n) for cell in told[1:]] == [(1, 8), (6, 6), (2, 6), (2, 6), (1, 6)]
    assert isinstance(told[1], Share)
    assert row_of(counts, "A community channel")[2] == 7
    assert row_of(counts, "Only channels outside")[2:4] == (1, 6)


def test_what_a_person_names_in_either_form_counts_once_for_a_channel() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    ada = applied(make.make_stream(cohort), TWITTER, SLACK)
    interested(cohort, ada.person.email, TWITTER, "Other")
    (person,) = arrivals_of(cohort).people
    assert person.channels == {TWITTER, SLACK, "Other"}
    assert person.steps == {"interest", "applied", "complete"}


def test_draft_is_applied_and_a_withdrawn_application_got_no_further() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    ada = applied(make.make_stream(cohort), TWITTER)
    release(ada, ada.preferences.get().stream)
    Application.objects.update(state="withdrawn")
    (person,) = arrivals_of(cohort).people
    assert person.steps == {"applied"}
    assert Offer.objects.exists()


def test_outcomes_of_few_are_hidden_and_cannot_be_worked_out() -> None:
    make.make_channels()
    stream = make.make_stream(make.make_cohort())
    for channels, times in (((TWITTER,), 2), ((SLACK,), 7), ((), 9)):
        for _ in range(times):
            applied(stream, *channels)
    counts, shares = compile_advertising(stream.cohort).tables
    assert row_of(counts, TWITTER)[-3:] == (HIDDEN,) * 3
    assert row_of(shares, TWITTER)[-3:] == (HIDDEN,) * 3
    hidden = [row[0] for row in counts.rows[-3:] if row[-1] == HIDDEN]
    assert hidden == ["A community channel", "Only channels outside"]
    assert row_of(counts, SLACK)[-1] == 0


def test_answer_says_that_a_difference_shows_and_not_what_causes_it() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    stream, gil = make.make_stream(cohort), make_reviewer(cohort)
    scored(stream, TWITTER, [gil], 1, 2, 2, 1, 2)
    scored(stream, SLACK, [gil], 4, 5, 4, 5, 4, 5)
    report = compile_advertising(cohort)
    assert report.answer.startswith("On ability, the 5 who name only channels outside the community score 2.90 points")
    assert "lower than the 6 who name one of its own" in report.answer
    assert report.answer.endswith(NO_CAUSE)
    figure = report.figures[0]
    assert isinstance(figure, Estimates)
    assert figure.note.startswith("Raw scores")
    told = {row.label: row for row in figure.rows}[TWITTER]
    assert told.n == 5
    assert told.value == pytest.approx(1.6)


def test_answer_says_that_no_difference_can_be_told() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    stream, gil = make.make_stream(cohort), make_reviewer(cohort)
    for channel in (TWITTER, SLACK):
        scored(stream, channel, [gil], 1, 5, 3, 2, 4)
    assert compile_advertising(cohort).answer.startswith("On ability no difference can be told")


def test_answer_of_few_scores_says_so_and_their_means_are_hidden() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    stream, gil = make.make_stream(cohort), make_reviewer(cohort)
    scored(stream, TWITTER, [gil], 1, 2)
    report = compile_advertising(cohort)
    assert report.answer.startswith("There are too few scores to say")
    row = report.figures[0].rows[0]  # type: ignore[union-attr]
    assert (row.n, row.value) == (None, None)
    assert compile_advertising(make.make_cohort()).answer.startswith("Nobody has an application in")


def test_leniency_is_taken_out_where_reviewers_overlap() -> None:
    make.make_channels()
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    gil, rea = make_reviewer(cohort), make_reviewer(cohort, "Rea")
    scored(stream, TWITTER, [gil, rea], 2, 3, 4, 2, 3)
    scored(stream, SLACK, [gil], 1, 2, 3, 2, 1)
    for assessment in Assessment.objects.filter(reviewer=rea):
        sheet = assessment.sheet
        sheet.ability = (sheet.ability or 0) + 1
        sheet.save()
    found = arrivals_of(cohort)
    assert found.calibrated == {"ability", "motivation"}
    by_channel = [[person.ability or 0 for person in found.naming(name)] for name in (TWITTER, SLACK)]
    raw = [sum((2.5, 3.5, 4.5, 2.5, 3.5)) / 5, sum((1, 2, 3, 2, 1)) / 5]
    told = [sum(values) / 5 for values in by_channel]
    assert told[0] - told[1] < raw[0] - raw[1] - 0.2


@pytest.mark.parametrize("times", [3, 12])
def test_report_asks_the_same_few_statements_for_any_number(times: int) -> None:
    make.make_channels()
    stream = make.make_stream(make.make_cohort())
    for n in range(times):
        interested(stream.cohort, applied(stream, TWITTER, name=f"Ada {n}").person.email, SLACK)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        compile_advertising(stream.cohort)
    assert len(asked) == 5
