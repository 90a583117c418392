"""Reads about snapshots: the page shows the latest, compiled at one moment, and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.reports.frame import ReportTables
from mats_portal.reports.models import Printing, Remark, Snapshot
from mats_portal.reports.wire import from_plain

OPENING = (MilestoneKind.INTEREST_OPENS, MilestoneKind.APPLICATIONS_OPEN)
AFTERWARDS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Compiled:
    """One report of a snapshot."""

    name: str
    question: str
    tables: ReportTables


def latest_snapshot(cohort: Cohort) -> Snapshot | None:
    """The newest snapshot of a cohort, with its cohort; None if none was compiled yet."""
    return Snapshot.objects.filter(cohort=cohort).select_related("cohort").first()


def compiled_reports(snapshot: Snapshot) -> list[Compiled]:
    """The reports of a snapshot, in their order."""
    return [
        Compiled(plain["name"], plain["question"], from_plain(plain["report"])) for plain in snapshot.content["reports"]
    ]


def compiled_report(snapshot: Snapshot, name: str) -> Compiled | None:
    """One report of a snapshot by its name; None if the snapshot has none of that name."""
    return next((report for report in compiled_reports(snapshot) if report.name == name), None)


def remarks_on(cohort: Cohort, report: str) -> QuerySet[Remark]:
    """What readers said of a report, newest first, with their names."""
    return Remark.objects.filter(cohort=cohort, report=report).select_related("by")


def is_printed(snapshot: Snapshot) -> bool:
    """Whether the snapshot's PDF is there."""
    return Printing.objects.filter(snapshot=snapshot).exists()


def printed(snapshot: Snapshot) -> bytes | None:
    """The snapshot's PDF; None if it could not be made."""
    content = Printing.objects.filter(snapshot=snapshot).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def cohorts_with_news(now: datetime) -> QuerySet[Cohort]:
    """Cohorts whose numbers may still change: opened, and their last milestone at most a year ago."""
    own = Milestone.objects.filter(cohort=OuterRef("pk"))
    return Cohort.objects.filter(
        Exists(own.filter(kind__in=OPENING, at__lte=now)), Exists(own.filter(at__gte=now - AFTERWARDS))
    )
