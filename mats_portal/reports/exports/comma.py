"""A snapshot as CSV: one line for each number, so that any program can read it without knowing our tables.

The last line says how many lines came before it and of which snapshot they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mats_portal.reports.exports.safety import csv_text
from mats_portal.reports.flattening import all_tables
from mats_portal.reports.frame import Cell, Table
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import compiled_reports
from mats_portal.reports.statistics import Share
from mats_portal.reports.words import say_cell

HEADER = ("report", "table", "row", "column", "value", "of", "low", "high")
END = "(end)"
Line = tuple[str | int | float | None, ...]


def as_csv(snapshot: Snapshot) -> bytes:
    """The whole snapshot as UTF-8 with its mark, every cell in quotes, lines ended as RFC 4180 says."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    count = 0
    for line in _lines(snapshot):
        writer.writerow([csv_text(cell) if isinstance(cell, str) else cell for cell in line])
        count += 1
    end: Line = (END, snapshot.cohort.slug, f"{snapshot.compiled_at:%Y-%m-%dT%H:%M:%SZ}", snapshot.digest, count)
    writer.writerow([*end, "", "", ""])
    return sheet.getvalue().encode("utf-8-sig")


def _lines(snapshot: Snapshot) -> Iterator[Line]:
    for report in compiled_reports(snapshot):
        yield report.question, "", "", "answer", report.tables.answer, None, None, None
        for table in all_tables(report.tables):
            for row in table.rows:
                yield from _cells(report.question, table, row)


def _cells(question: str, table: Table, row: tuple[Cell, ...]) -> Iterator[Line]:
    """A line for each cell after the first, which names the row; a table of one column has nothing else to say."""
    label = say_cell(row[0])
    if len(row) == 1:
        yield question, table.title, "", table.columns[0].label, label, None, None, None
    for column, cell in zip(table.columns[1:], row[1:], strict=True):
        where = (question, table.title, label, column.label)
        if isinstance(cell, Share):
            yield *where, cell.k, cell.n, cell.low, cell.high
        elif isinstance(cell, int | float):
            yield *where, cell, None, None, None
        else:
            yield *where, "" if cell is None else say_cell(cell), None, None, None
