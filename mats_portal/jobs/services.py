"""Start long work, and do it: lease, run, say what became of it."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from mats_portal.jobs.doorbell import ring
from mats_portal.jobs.kinds import UnknownKind, job_kind
from mats_portal.jobs.models import Heartbeat, Job
from mats_portal.jobs.progress import LEASE, Progress
from mats_portal.jobs.states import JobState
from mats_portal.web.errors import Refusal

__all__ = ["beat", "lease_job", "ring", "run_now", "run_waiting_jobs", "settle_cut_off_jobs", "start_job"]

logger = logging.getLogger(__name__)
WAITING_TASK = "mats_portal.jobs.tasks.run_waiting"
ATTEMPTS = 3
OUR_FAULT = (
    "Something went wrong on our side. Please start it again; if it fails again, tell the people who run the portal."
)


@transaction.atomic
def start_job(*, by: Any, kind: str, subject: str = "", arguments: dict[str, Any] | None = None) -> Job:
    """Put a job in the queue and return it, or the one of that kind and subject that is not over yet.

    by: who asked, or None for the schedule; subject: what it is about, as a code or slug;
    arguments: codes and slugs only. Raises `UnknownKind` for a kind that no app furnishes.
    """
    job_kind(kind)
    wanted = Job(kind=kind, subject=subject, arguments=arguments or {}, asked_by=by)
    Job.objects.bulk_create([wanted], ignore_conflicts=True)
    ring(WAITING_TASK)
    made = Job.objects.filter(code=wanted.code).first()
    return made or _unfinished(kind, subject) or start_job(by=by, kind=kind, subject=subject, arguments=arguments)


def _unfinished(kind: str, subject: str) -> Job | None:
    return Job.objects.filter(kind=kind, subject=subject, state__in=[JobState.WAITING, JobState.RUNNING]).first()


@transaction.atomic
def lease_job(*, code: str = "") -> Job | None:
    """Take the oldest waiting job (or the one named) for this worker; None when there is none."""
    waiting = Job.objects.select_for_update(skip_locked=True).filter(state=JobState.WAITING)
    job = (waiting.filter(code=code) if code else waiting).order_by("asked_at", "id").first()
    if job is None:
        return None
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=Now() + LEASE, done=0, total=None, step=""
    )
    job.refresh_from_db()
    return job


def run_now(job: Job) -> Job:
    """Do a waiting job here and now, and return it as it then stands (for commands and tests)."""
    leased = lease_job(code=job.code)
    if leased is not None:
        _run(leased)
    return Job.objects.get(pk=job.pk)


def run_waiting_jobs(*, limit: int = 20) -> int:
    """Do up to `limit` waiting jobs, one after the other; returns how many were done."""
    settle_cut_off_jobs()
    done = 0
    while done < limit and (job := lease_job()) is not None:
        _run(job)
        done += 1
    return done


def _run(job: Job) -> None:
    progress = Progress(job.pk)
    try:
        result = job_kind(job.kind).run(job, progress)
        _finish(job, JobState.DONE, str(result.get("sentence", "")), result)
    except Refusal as refusal:
        _finish(job, JobState.FAILED, refusal.sentence)
    except UnknownKind:
        _finish(job, JobState.FAILED, "This portal no longer knows how to do this.")
    except Exception:  # one bad job must not stop the others
        logger.exception("The job %s failed", job.kind)
        _finish(job, JobState.FAILED, OUR_FAULT)
    finally:
        progress.close()


def _finish(job: Job, state: JobState, sentence: str, result: dict[str, Any] | None = None) -> None:
    """Say what became of the job, unless its lease ran out and somebody else has it by now."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    mine.update(state=state, sentence=sentence, result=result or {}, finished_at=Now(), lease_until=None)


@transaction.atomic
def settle_cut_off_jobs() -> int:
    """Jobs whose worker went away wait again, or fail after three attempts; returns how many there were."""
    cut_off = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=Now())
    given_up = cut_off.filter(attempts__gte=ATTEMPTS).update(
        state=JobState.FAILED, sentence=OUR_FAULT, finished_at=Now(), lease_until=None
    )
    return given_up + cut_off.update(state=JobState.WAITING, lease_until=None)


def beat(*, name: str) -> None:
    """Note that the part of that name is alive now."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=Now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )
