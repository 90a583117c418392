"""Uploaded files: kept until they are imported, previewed as often as one likes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from applications.imports.table import Table
from applications.models import ImportFile
from applications.services.importing import Outcome, Tell, import_file, suggested_mapping
from applications.states import ImportKind
from mats_portal.cohorts.models import Cohort
from mats_portal.jobs.services import start_job
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_line

if TYPE_CHECKING:
    from mats_portal.jobs.models import Job

MOST_UPLOADED = 20 * 1024 * 1024
JOB = "import file"


class AlreadyImported(Refusal):
    """This file has been imported, or is no longer kept. Upload it again if you need to."""


@transaction.atomic
def keep_file(*, cohort: Cohort, kind: ImportKind, name: str, content: bytes, zone: str, by: Any) -> ImportFile:
    """Keep an uploaded file with the mapping that its headers suggest; the person's earlier unfinished one goes.

    Raises `UnreadableFile` for what is no table.
    """
    mapping = suggested_mapping(kind=kind, cohort=cohort, table=Table(io.BytesIO(content)))
    ImportFile.objects.filter(cohort=cohort, kind=kind, uploaded_by=by, finished_at=None).delete()
    return ImportFile.objects.create(
        cohort=cohort,
        kind=kind,
        name=clean_line(name)[:200] or "a file",
        content=content,
        zone=zone,
        mapping=mapping,
        uploaded_by=by,
    )


@transaction.atomic
def set_mapping(*, file: ImportFile, mapping: Sequence[str]) -> None:
    """Remember what the columns are; whether that makes an import is said by the preview."""
    ImportFile.objects.filter(pk=file.pk).update(mapping=list(mapping))
    file.mapping = list(mapping)


def preview_import(*, file: ImportFile, by: Any) -> Outcome:
    """What an import would do; raises as `import_file` does."""
    return _import(file, by=by, dry_run=True, allow_rejected=True)


def start_import(*, file: ImportFile, by: Any, allow_rejected: bool) -> Job:
    """Have the worker import the file; raises `AlreadyImported`."""
    if file.finished_at is not None:
        raise AlreadyImported
    arguments = {"file": file.code, "allow_rejected": allow_rejected}
    return start_job(by=by, kind=JOB, subject=file.cohort.slug, arguments=arguments)


@transaction.atomic
def finish_import(*, code: str, by: Any, allow_rejected: bool, tell: Tell | None = None) -> dict[str, str]:
    """Import a kept file and empty it; returns what the job's page says afterwards.

    Raises `AlreadyImported`, and as `import_file` does; then the file is still kept.
    """
    file = ImportFile.objects.select_for_update(of=("self",)).select_related("cohort").filter(code=code).first()
    if file is None or file.finished_at is not None:
        raise AlreadyImported
    outcome = _import(file, by=by, dry_run=False, allow_rejected=allow_rejected, tell=tell)
    ImportFile.objects.filter(pk=file.pk).update(content=b"", finished_at=Now())
    page = "outreach:outreach" if file.kind == ImportKind.INTEREST else "applications:applications"
    return {"sentence": outcome.sentence, "url": reverse(page, args=[file.cohort.slug]), "label": "See them"}


def _import(file: ImportFile, *, by: Any, dry_run: bool, allow_rejected: bool, tell: Tell | None = None) -> Outcome:
    if file.finished_at is not None:
        raise AlreadyImported
    return import_file(
        kind=ImportKind(file.kind),
        cohort=file.cohort,
        file=io.BytesIO(bytes(file.content)),
        by=by,
        mapping=file.mapping,
        zone=file.zone,
        dry_run=dry_run,
        allow_rejected=allow_rejected,
        tell=tell,
    )
