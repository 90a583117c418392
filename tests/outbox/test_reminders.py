"""Reminders go to those who have not acted, once, and not in a flood after a silence."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.jobs.models import Heartbeat
from mats_portal.outbox.kinds import Due, LetterKind, ReminderKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.selectors import SCAN, Expected, expected_letters, forecast_of
from mats_portal.outbox.services import deliver_letters, forecast_reminders, needs_a_yes, plan_reminders
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import Person
from tests.make import make_cohort, make_person
from tests.outbox.conftest import Furnish
from tests.outbox.smtp_sink import Sink

pytestmark = pytest.mark.django_db


def has_not_acted(letter: Letter) -> bool:
    """In these tests, who moves to Lisbon has acted."""
    return letter.recipient is not None and letter.recipient.time_zone != "Europe/Lisbon"


NUDGE = LetterKind("test nudge", "{days} days left", "letters/test_notice.txt", still_due=has_not_acted)


def nudge(cohort: Cohort, due_from: datetime | None = None) -> ReminderKind:
    """A reminder to everybody who has not acted, from a moment on."""

    def due(now: datetime) -> Iterable[Due]:
        if due_from is None or now >= due_from:
            for person in Person.objects.exclude(time_zone="Europe/Lisbon"):
                yield Due(person, f"nudge:{person.code}:T-3d", {"days": 3}, cohort, f"people.person:{person.code}")

    return ReminderKind("nudge", NUDGE, due)


@pytest.fixture
def scanned_lately(db: None) -> None:
    """The last scan was five minutes ago."""
    Heartbeat.objects.create(name=SCAN, at=timezone.now() - timedelta(minutes=5))


@pytest.mark.usefixtures("scanned_lately")
def test_reminder_goes_once_and_only_to_who_has_not_acted(furnish: Furnish, sink: Sink) -> None:
    furnish(reminders=(nudge(make_cohort()),))
    ada, _bo = make_person("Ada"), make_person("Bo", time_zone="Europe/Lisbon")
    assert plan_reminders() == 1
    assert plan_reminders() == 0
    deliver_letters()
    assert [taken.recipients for taken in sink.taken] == [[ada.email]]


@pytest.mark.usefixtures("scanned_lately")
def test_reminder_to_who_acts_between_planning_and_sending_is_cancelled(furnish: Furnish, sink: Sink) -> None:
    furnish(reminders=(nudge(make_cohort()),))
    make_person("Ada")
    plan_reminders()
    Person.objects.update(time_zone="Europe/Lisbon")
    assert deliver_letters() == 0
    assert (Letter.objects.get().state, sink.taken) == (LetterState.CANCELLED, [])


@pytest.mark.usefixtures("scanned_lately")
def test_reminder_in_new_words_does_not_go_again(furnish: Furnish) -> None:
    cohort = make_cohort()
    furnish(reminders=(nudge(cohort),))
    make_person("Ada")
    plan_reminders()
    reworded = LetterKind("test nudge", "Quick, {days} days", "letters/test_notice.txt")
    furnish(reminders=(ReminderKind("nudge", reworded, nudge(cohort).due),))
    assert plan_reminders() == 0


@pytest.mark.usefixtures("scanned_lately")
def test_broken_reminder_does_not_stop_the_others(furnish: Furnish) -> None:
    def broken(now: datetime) -> Iterable[Due]:
        raise RuntimeError("a bug")

    furnish(reminders=(ReminderKind("broken", NUDGE, broken), nudge(make_cohort())))
    make_person("Ada")
    assert forecast_reminders() == 1
    assert plan_reminders() == 1


@pytest.mark.usefixtures("scanned_lately")
def test_regular_scan_may_be_large(furnish: Furnish) -> None:
    furnish(reminders=(nudge(make_cohort()),))
    for _ in range(25):
        make_person("Ada")
    plan_reminders()
    assert not Letter.objects.filter(state=LetterState.HELD).exists()


def test_flood_after_a_silence_waits_for_a_yes(furnish: Furnish, sink: Sink) -> None:
    furnish(reminders=(nudge(make_cohort()),))
    for _ in range(25):
        make_person("Ada")
    Heartbeat.objects.create(name=SCAN, at=timezone.now() - timedelta(days=1))
    assert plan_reminders() == 25
    assert deliver_letters() == 0
    assert Letter.objects.filter(state=LetterState.HELD).count() == 25
    assert sink.taken == []


@pytest.mark.parametrize(
    ("planned", "people", "gap", "expected"),
    [
        (20, 10, timedelta(days=1), False),
        (21, 10, timedelta(days=1), True),
        (21, 10, timedelta(minutes=59), False),
        (25, 1000, timedelta(days=1), False),
        (51, 1000, timedelta(days=1), True),
        (51, 1000, None, True),
    ],
)
def test_brake_needs_a_flood_and_a_silence(planned: int, people: int, gap: timedelta | None, expected: bool) -> None:
    assert needs_a_yes(planned=planned, people=people, gap=gap) is expected


def test_tomorrow_is_shown_without_writing_anything(furnish: Furnish) -> None:
    cohort, now = make_cohort(), timezone.now()
    reminder = nudge(cohort, due_from=now + timedelta(hours=20))
    furnish(reminders=(reminder,))
    ada = make_person("Ada")
    assert expected_letters(reminder, now) == []
    expected = Expected(cohort.slug, "test nudge", "Ada", "3 days left")
    assert expected_letters(reminder, now + timedelta(days=1)) == [expected]
    assert forecast_reminders() == 1
    found = forecast_of(cohort.slug)
    assert found is not None
    assert (found.count, found.letters) == (1, [["test nudge", "Ada", "3 days left"]])
    assert forecast_of(make_cohort().slug) is None
    Person.objects.filter(pk=ada.pk).update(time_zone="Europe/Lisbon")
    assert forecast_reminders() == 0
    assert forecast_of(cohort.slug) is None
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_scans_at_once_write_each_reminder_once(furnish: Furnish) -> None:
    furnish(reminders=(nudge(make_cohort()),))
    for _ in range(10):
        make_person("Ada")
    in_step = threading.Barrier(3)

    def scan() -> None:
        in_step.wait(10)
        plan_reminders()
        connection.close()

    threads = [threading.Thread(target=scan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Letter.objects.count() == 10
