"""Many at once: threads with connections of their own, so these tests commit."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from applications.errors import ApplicationsClosed
from applications.models import Application, Choice, Submission
from applications.services import save_section, start_application, submit_application
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mats_portal.questionnaires.errors import StaleAnswers
from mats_portal.questionnaires.models import Answer, AnswerSheet
from mats_portal.questionnaires.selectors import answers_of
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[int], Any], count: int, threads: int = 10) -> list[Any]:
    """What `count` calls, `threads` of them at a time, came to: their results, or what they raised."""
    start = Barrier(threads)

    def worker(number: int) -> list[Any]:
        start.wait(timeout=10)
        found = []
        for turn in range(count // threads):
            try:
                found.append(act(number * 1000 + turn))
            except Exception as error:  # the test looks at it
                found.append(error)
        connection.close()
        return found

    with ThreadPoolExecutor(threads) as pool:
        return [result for results in pool.map(worker, range(threads)) for result in results]


def test_fifty_identical_submits_make_one_submission_and_one_receipt() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)

    def submit(_: int) -> int:
        found = Application.objects.get(pk=application.pk)
        return submit_application(application=found, by=found.person).pk

    results = at_once(submit, 50)
    assert len(results) == 50
    assert len(set(results)) == 1, results
    assert Submission.objects.count() == 1
    assert Letter.objects.filter(kind="application receipt").count() == 1


def test_start_pressed_many_times_makes_one_draft() -> None:
    cohort, ada = make.make_cohort(), make.make_person()
    results = at_once(lambda _: start_application(cohort=cohort, by=ada).pk, 20)
    assert len(set(results)) == 1, results


def test_autosaves_of_two_windows_lose_no_text() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    ada, revision = application.person, application.sheet.revision
    wanted = {"motivation": "the first", "evidence": "the second"}

    def save(number: int) -> str:
        key = "motivation" if number < 5000 else "evidence"
        values = {key: f"{wanted[key]} {number}"}
        try:
            save_section(application=application, values=values, expected_revision=revision, by=ada)
        except StaleAnswers as refusal:
            return refusal.clashes[0].theirs_text
        return values[key]

    results = at_once(save, 20)
    assert all(isinstance(result, str) for result in results), results
    answers = answers_of(application.sheet)
    assert answers["motivation"].text.startswith("the first")
    assert answers["evidence"].text.startswith("the second")
    assert answers["motivation"].text in results


def copies_of(draft: Application, count: int) -> list[Application]:
    """That many drafts of other people with the same answers and streams."""
    people = Person.objects.bulk_create(
        Person(email=f"copy.{number}@example.org", name=f"Ada {number}", password="!") for number in range(count)
    )
    version = draft.sheet.version
    sheets = AnswerSheet.objects.bulk_create(AnswerSheet(version=version, person=person) for person in people)
    drafts = Application.objects.bulk_create(
        Application(cohort=draft.cohort, person=person, sheet=sheet)
        for person, sheet in zip(people, sheets, strict=True)
    )
    said = list(draft.sheet.answers.all())
    Answer.objects.bulk_create(
        Answer(sheet=sheet, question_id=one.question_id, text=one.text, choices=one.choices)
        for sheet in sheets
        for one in said
    )
    stream = draft.choices.get().stream
    Choice.objects.bulk_create(Choice(application=one, stream=stream, rank=1) for one in drafts)
    return drafts


def now_by_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (found,) = cursor.fetchone()
    moment: datetime = found
    return moment


def test_close_in_the_middle_of_a_storm_lets_nobody_late_in_and_nobody_in_time_out() -> None:
    """200 people submit from two seconds before the close to two seconds after it, 20 at a time."""
    clients, threads = 200, 20
    cohort = make.make_cohort()
    drafts = copies_of(make.make_application(cohort, submitted=False), clients)
    closes = timezone.now() + timedelta(seconds=3)
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=closes)

    def submit(number: int) -> tuple[datetime, datetime | None]:
        thread, turn = divmod(number, 1000)
        place = turn * threads + thread
        wait = closes - timezone.now() + timedelta(milliseconds=20 * (place - clients // 2))
        time.sleep(max(wait.total_seconds(), 0))
        try:
            return closes, submit_application(application=drafts[place], by=drafts[place].person).at
        except ApplicationsClosed:
            return now_by_the_database(), None

    results = at_once(submit, clients, threads)
    assert {type(result) for result in results} == {tuple}, results
    accepted = [at for _, at in results if at is not None]
    assert 0 < len(accepted) < clients
    assert all(at < closes for at in accepted)
    assert all(after >= closes for after, at in results if at is None), "refused although in time"
    stored = Submission.objects.filter(application__cohort=cohort)
    assert {(one.closes_at, one.at < closes) for one in stored} == {(closes, True)}
    assert stored.count() == len(accepted) == Letter.objects.filter(kind="application receipt").count()
    assert Application.objects.submitted().in_cohort(cohort).count() == len(accepted)
