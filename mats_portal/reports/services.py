"""Compile a cohort's statistics at one moment, and keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import start_job
from mats_portal.journal.services import record
from mats_portal.reports.exports import File, file_of
from mats_portal.reports.frame import furnished_reports
from mats_portal.reports.models import Printing, Remark, Snapshot
from mats_portal.reports.selectors import cohorts_with_news
from mats_portal.reports.typesetting import print_report
from mats_portal.reports.wire import digest_of, to_plain
from mats_portal.web.clock import database_now

COMPILE = "compile statistics"
Step = Callable[[int, int, str], None]


def _silent(done: int, total: int, step: str) -> None:
    """Nobody watches."""


def ask_for_snapshot(*, cohort: Cohort, by: Any) -> Job:
    """Start compiling the statistics of a cohort, or join the job that does it already."""
    return start_job(by=by, kind=COMPILE, subject=cohort.slug, arguments={"cohort": cohort.slug})


def compile_snapshot(*, cohort: Cohort, by: Any = None, at_step: Step = _silent) -> Snapshot:
    """Compile all furnished reports of a cohort from one state of the database, and keep them.

    All or nothing: if one report fails, the last snapshot stays the latest. In a
    transaction of its own the state is that of its first statement (REPEATABLE READ);
    inside another one, what that one sees.
    """
    reports, is_own = furnished_reports(), not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        compiled = []
        for number, report in enumerate(reports):
            at_step(number, len(reports) + 1, report.question)
            plain = to_plain(report.compile(cohort))
            compiled.append({"name": report.name, "question": report.question, "report": plain})
        content = {"cohort": {"slug": cohort.slug, "name": cohort.name}, "reports": compiled}
        snapshot = Snapshot.objects.create(cohort=cohort, asked_by=by, content=content, digest=digest_of(content))
        record(by=by, verb="compile statistics", subject=snapshot, cohort=cohort, facts={"digest": snapshot.digest})
    snapshot.refresh_from_db(fields=["compiled_at"])
    return snapshot


def print_snapshot(*, snapshot: Snapshot) -> Printing:
    """Set the snapshot in type and keep the PDF. Raises `NotPrinted` if that fails; the snapshot stays."""
    content = print_report(snapshot)
    printing, _ = Printing.objects.update_or_create(snapshot=snapshot, defaults={"content": content})
    return printing


@transaction.atomic
def export_snapshot(*, snapshot: Snapshot, form: str, by: Any) -> File:
    """The snapshot as a file, noted in the journal. Raises KeyError for an unknown format, and a `Refusal`."""
    file = file_of(snapshot, form)
    record(by=by, verb="export report", subject=snapshot, cohort=snapshot.cohort, facts={"format": form})
    return file


@transaction.atomic
def remark_on_report(*, cohort: Cohort, report: str, digest: str, text: str, by: Any) -> Remark:
    """Keep what a reader says of a report, and of which state of it. Sent twice, it is kept once."""
    remark, is_new = Remark.objects.get_or_create(cohort=cohort, report=report, digest=digest, by=by, text=text)
    if is_new:
        record(by=by, verb="remark on report", subject=remark, cohort=cohort, facts={"report": report})
    return remark


@transaction.atomic
def ask_for_snapshots_of_open_cohorts() -> int:
    """Start compiling every cohort whose numbers may still change; returns how many."""
    cohorts = list(cohorts_with_news(database_now()))
    for cohort in cohorts:
        ask_for_snapshot(cohort=cohort, by=None)
    return len(cohorts)
