"""Import a file: every row parsed, compared with what is there, and written; all of it or nothing."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction

from applications.imports.cells import RowError
from applications.imports.mapping import check, guess, pick
from applications.imports.table import Row, Table
from applications.services.import_applications import ApplicationsImport
from applications.services.import_interest import InterestImport
from applications.services.import_kinds import Fate, Importer
from applications.services.import_streams import StreamsImport
from applications.states import ImportKind
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.web.errors import Refusal

IMPORTERS: dict[ImportKind, type[Importer]] = {
    ImportKind.STREAMS: StreamsImport,
    ImportKind.INTEREST: InterestImport,
    ImportKind.APPLICATIONS: ApplicationsImport,
}
CHUNK = 100
IMPORTS = 7_300  # the advisory locks of imports; the second key is the cohort's
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken: its line in the file, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    kind: ImportKind
    total: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def facts(self) -> dict[str, int]:
        """The counts alone."""
        return {
            "total": self.total,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
        }

    @property
    def sentence(self) -> str:
        """The counts in words."""
        said = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} as they were"
        return f"{said}, {len(self.rejected):,} that cannot be taken." if self.rejected else f"{said}."


class ImportRefused(Refusal):
    """Some rows cannot be taken, so nothing was imported. Correct them, or import the others only."""

    def __init__(self, outcome: Outcome) -> None:
        first = outcome.rejected[0]
        super().__init__(
            f"{len(outcome.rejected):,} of {outcome.total:,} rows cannot be taken, so nothing was imported. "
            f"The first is in line {first.line}: {first.reason}"
        )
        self.outcome = outcome


def suggested_mapping(*, kind: ImportKind, cohort: Cohort, table: Table) -> list[str]:
    """What each column seems to be."""
    return guess(table.headers, IMPORTERS[kind].targets(cohort))


def import_file(
    *,
    kind: ImportKind,
    cohort: Cohort,
    file: BinaryIO,
    by: Any,
    mapping: Sequence[str] | None = None,
    zone: str = "UTC",
    dry_run: bool = False,
    allow_rejected: bool = False,
    tell: Tell | None = None,
) -> Outcome:
    """Take the file's rows into the cohort; the same file twice changes nothing the second time.

    mapping: for each column the name of its target (guessed from the headers when None);
    zone: of moments that name none; dry_run: say what would happen, write nothing;
    tell: called with done, total and the step. Raises `UnreadableFile`, `BadMapping`, and
    `ImportRefused` when rows are rejected and `allow_rejected` is not set: then nothing is written.
    """
    table = Table(file)
    with transaction.atomic():
        _one_at_a_time(cohort)
        columns = list(mapping) if mapping is not None else suggested_mapping(kind=kind, cohort=cohort, table=table)
        check(columns, table.headers, IMPORTERS[kind].targets(cohort))
        importer = IMPORTERS[kind](cohort, zoneinfo.ZoneInfo(zone), by)
        outcome = Outcome(kind, total=table.count())
        for done, chunk in _chunks(table):
            _take(importer, chunk, columns, outcome, dry_run)
            if tell:
                tell(min(done, outcome.total), outcome.total, "Reading the rows" if dry_run else "Importing the rows")
        if dry_run:
            return outcome
        if outcome.rejected and not allow_rejected:
            raise ImportRefused(outcome)
        if outcome.new or outcome.changed:
            record(by=by, verb=f"import {kind}", subject=cohort, cohort=cohort, facts=outcome.facts())
    return outcome


def _one_at_a_time(cohort: Cohort) -> None:
    """Wait for another import into the cohort. Not a lock on its row: offers are answered meanwhile."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORTS, cohort.pk])


def _chunks(table: Table) -> Iterator[tuple[int, list[Row]]]:
    rows, done = iter(table), 0
    while chunk := list(islice(rows, CHUNK)):
        done += len(chunk)
        yield done, chunk


def _take(importer: Importer, chunk: list[Row], columns: Sequence[str], outcome: Outcome, dry_run: bool) -> None:
    parsed = []
    for row in chunk:
        try:
            parsed.append(importer.parse(row.line, pick(row.cells, columns)))
        except RowError as error:
            outcome.rejected.append(Rejected(row.line, str(error)))
    to_write = []
    for row, fate in importer.compare(parsed):
        if isinstance(fate, str) and not isinstance(fate, Fate):
            outcome.rejected.append(Rejected(row.line, fate))
            continue
        outcome.new += fate is Fate.NEW
        outcome.changed += fate is Fate.CHANGED
        outcome.unchanged += fate is Fate.UNCHANGED
        if fate is not Fate.UNCHANGED:
            to_write.append(row)
    outcome.rejected.sort(key=lambda rejected: rejected.line)
    if to_write and not dry_run:
        importer.write(to_write)
