"""Long work that applications furnish."""

from typing import Any

from applications.services.files import JOB, finish_import
from mats_portal.jobs.kinds import JobKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.progress import Progress


def run_import(job: Job, progress: Progress) -> dict[str, Any]:
    """Import the file that the job names."""
    return finish_import(
        code=job.arguments["file"],
        by=job.asked_by,
        allow_rejected=bool(job.arguments["allow_rejected"]),
        tell=progress.at,
    )


IMPORT = JobKind(name=JOB, run=run_import, title="Importing the file")
