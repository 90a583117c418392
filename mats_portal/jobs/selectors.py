"""Reads about jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Min

from mats_portal.jobs.kinds import JobKind, UnknownKind, job_kind
from mats_portal.jobs.models import Job
from mats_portal.jobs.states import JobState


def job_seen_by(person: Any, code: str) -> Job | None:
    """The job of that code if this person asked for it, or its kind lets them watch; else None."""
    job = Job.objects.filter(code=code).first()
    if job is None:
        return None
    kind = kind_of(job)
    may_watch = job.asked_by_id == person.pk or (kind is not None and kind.may_watch(person, job))
    return job if may_watch else None


def kind_of(job: Job) -> JobKind | None:
    """What the job does; None if no app knows it any more."""
    try:
        return job_kind(job.kind)
    except UnknownKind:
        return None


def unfinished_job(kind: str, subject: str) -> Job | None:
    """The job of that kind and subject that is not over yet."""
    return Job.objects.filter(kind=kind, subject=subject, state__in=[JobState.WAITING, JobState.RUNNING]).first()


def oldest_waiting_job() -> datetime | None:
    """When the job that has waited longest was asked for; None when none waits."""
    oldest: datetime | None = Job.objects.filter(state=JobState.WAITING).aggregate(at=Min("asked_at"))["at"]
    return oldest


def failed_jobs_since(moment: datetime) -> int:
    """How many jobs failed since a moment."""
    return Job.objects.filter(state=JobState.FAILED, finished_at__gte=moment).count()
