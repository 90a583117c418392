"""The long work of erasing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.jobs.kinds import JobKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.progress import Progress
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.services import carry_out_erasure
from mats_portal.keeping.services.asking import ERASE as NAME
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
