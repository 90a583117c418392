"""Long work: one of a kind at a time, counts that can be seen, an end that can be read."""

from __future__ import annotations

import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction
from django.db.models import F

from mats_portal.jobs import doorbell, kinds
from mats_portal.jobs.kinds import JobKind, UnknownKind
from mats_portal.jobs.models import Heartbeat, Job
from mats_portal.jobs.progress import Progress
from mats_portal.jobs.services import (
    ATTEMPTS,
    OUR_FAULT,
    beat,
    lease_job,
    run_now,
    run_waiting_jobs,
    settle_cut_off_jobs,
    start_job,
)
from mats_portal.jobs.states import JobState
from mats_portal.web.errors import Refusal
from tests.make import make_person

pytestmark = pytest.mark.django_db


class NothingToCount(Refusal):
    """There is nothing to count yet. Come back when somebody has applied."""


def count(job: Job, progress: Progress) -> dict[str, Any]:
    """Counts to the number it is given."""
    for number in range(job.arguments["to"]):
        progress.at(number + 1, job.arguments["to"], "counting")
    return {"sentence": "Counted.", "url": "/counted/"}


def refuse(job: Job, progress: Progress) -> dict[str, Any]:
    """Refuses."""
    raise NothingToCount


def break_down(job: Job, progress: Progress) -> dict[str, Any]:
    """Has a bug."""
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    furnished = (JobKind("count", count, "Counting"), JobKind("refuse", refuse, ""), JobKind("break", break_down, ""))
    monkeypatch.setattr(kinds, "furnishings", lambda kind: furnished)


def test_job_runs_and_shows_its_result() -> None:
    job = run_now(start_job(by=make_person(), kind="count", subject="x", arguments={"to": 3}))
    assert (job.state, job.sentence, job.result["url"], job.attempts) == (JobState.DONE, "Counted.", "/counted/", 1)
    assert job.finished_at is not None


def test_job_started_twice_is_one_job() -> None:
    ada = make_person()
    first = start_job(by=ada, kind="count", subject="x", arguments={"to": 1})
    assert start_job(by=make_person("Rui"), kind="count", subject="x", arguments={"to": 9}) == first
    assert start_job(by=ada, kind="count", subject="y", arguments={"to": 1}) != first
    run_now(first)
    assert start_job(by=ada, kind="count", subject="x", arguments={"to": 1}) != first


def test_job_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        start_job(by=None, kind="no such job")


def test_refusal_of_a_job_is_its_sentence() -> None:
    job = run_now(start_job(by=None, kind="refuse"))
    assert (job.state, job.sentence) == (
        JobState.FAILED,
        "There is nothing to count yet. Come back when somebody has applied.",
    )


def test_broken_job_says_it_is_our_fault_and_the_next_one_runs() -> None:
    broken, good = start_job(by=None, kind="break"), start_job(by=None, kind="count", arguments={"to": 1})
    assert run_waiting_jobs() == 2
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.sentence, good.state) == (JobState.FAILED, OUR_FAULT, JobState.DONE)


def test_job_whose_worker_went_away_is_tried_three_times() -> None:
    job = start_job(by=None, kind="count", arguments={"to": 1})
    for _ in range(ATTEMPTS):
        assert lease_job() == job
        assert settle_cut_off_jobs() == 0
        Job.objects.update(lease_until=F("lease_until") - timedelta(hours=1))
        assert settle_cut_off_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, ATTEMPTS)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_is_not_committed() -> None:
    job = start_job(by=None, kind="count", arguments={"to": 3})
    lease_job()
    progress, other = Progress(job.pk), connection.copy()
    with transaction.atomic():
        progress.at(2, 3, "counting")
        with other.cursor() as cursor:
            cursor.execute("SELECT done, total, step FROM jobs_job WHERE id = %s", [job.pk])
            assert cursor.fetchone() == (2, 3, "counting")
    progress.close()
    other.close()


def test_heartbeat_is_one_row_that_moves() -> None:
    beat(name="beat")
    first = Heartbeat.objects.get().at
    beat(name="beat")
    assert Heartbeat.objects.get().at > first


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["redis+socket:///nowhere/at/all.sock", "redis://127.0.0.1:{port}/0"])
def test_act_does_not_wait_for_a_broker_that_is_down_or_dumb(monkeypatch: pytest.MonkeyPatch, broker: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as dumb:
        for name in ("broker_url", "broker_write_url"):
            monkeypatch.setattr(current_app.conf, name, broker.format(port=dumb.getsockname()[1]))
        doorbell.ring("some.task")  # The first bell of a process loads the broker's library.
        before = time.monotonic()
        start_job(by=None, kind="count", arguments={"to": 1})
        assert time.monotonic() - before < 1
    assert Job.objects.count() == 1


def test_doorbell_rings_once_a_transaction(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        for _ in range(3):
            doorbell.ring("some.task")
        doorbell.ring("another.task")
    assert len(callbacks) == 2
