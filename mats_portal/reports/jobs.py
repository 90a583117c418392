"""The long work of reports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_read_reports
from mats_portal.jobs.kinds import JobKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.progress import Progress
from mats_portal.reports import services
from mats_portal.reports.typesetting import NotPrinted


def compile_and_print(job: Job, progress: Progress) -> dict[str, Any]:
    """Compile a snapshot of the cohort in `arguments["cohort"]` and set it in type."""
    cohort = Cohort.objects.get(slug=job.arguments["cohort"])
    snapshot = services.compile_snapshot(cohort=cohort, by=job.asked_by, at_step=progress.at)
    total = len(snapshot.content["reports"]) + 1
    progress.at(total - 1, total, "Setting the report in type")
    sentence = f"The statistics of {cohort} are compiled."
    try:
        services.print_snapshot(snapshot=snapshot)
    except NotPrinted as refusal:
        sentence = f"{sentence} {refusal.sentence}"
    progress.at(total, total)
    return {"sentence": sentence, "url": reverse("reports:reports", args=[cohort.slug]), "label": "See the reports"}


def may_watch(person: Any, job: Job) -> bool:
    """Whoever may read the reports may watch them being compiled."""
    cohort = Cohort.objects.filter(slug=job.subject).first()
    return cohort is not None and can_read_reports(person, cohort).allowed


COMPILE = JobKind(services.COMPILE, compile_and_print, "Compiling the statistics", may_watch=may_watch)
