"""The long work of erasing and removing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.jobs.kinds import JobKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.progress import Progress
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.services import carry_out_erasure, purge_cohort
from mats_portal.keeping.services.asking import ERASE as NAME
from mats_portal.keeping.services.purging import PURGE as PURGE_NAME
from mats_portal.people.policies import administrators


def erase(job: Job, progress: Progress) -> dict[str, Any]:
    """Erase the person of the request named in `arguments["request"]`."""
    request = ErasureRequest.objects.get(code=job.arguments["request"])
    done = carry_out_erasure(request=request)
    gone = sum(part["count"] for part in done.report if not part["stays"])
    url = reverse("keeping:erasure", args=[done.code])
    return {"sentence": f"Erased: {gone} things went.", "url": url, "label": "See what went and what stays"}


def may_watch(person: Any, job: Job) -> bool:
    """Administrators."""
    return administrators(person).allowed


ERASE = JobKind(NAME, erase, "Erasing what is kept about a person", may_watch=may_watch)


def purge(job: Job, progress: Progress) -> dict[str, Any]:
    """Remove the sensitive answers of the cohort in `arguments["cohort"]`."""
    cohort = Cohort.objects.get(slug=job.arguments["cohort"])
    run = purge_cohort(cohort=cohort, by=job.asked_by)
    sentence = f"Purged {run.people:,}; totals kept."
    return {"sentence": sentence, "url": reverse("keeping:sensitive", args=[cohort.slug]), "label": "See the totals"}


def may_watch_purge(person: Any, job: Job) -> bool:
    """The staff of the cohort."""
    cohort = Cohort.objects.filter(slug=job.subject).first()
    return cohort is not None and can_run_cohort(person, cohort).allowed


PURGE = JobKind(PURGE_NAME, purge, "Removing sensitive answers", may_watch=may_watch_purge)
