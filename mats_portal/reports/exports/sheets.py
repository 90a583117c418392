"""A snapshot as a workbook: one sheet for each report, numbers as numbers, text as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mats_portal.reports.exports.safety import looks_like_formula, sheet_name, xlsx_text
from mats_portal.reports.flattening import all_tables
from mats_portal.reports.frame import Cell, Column, ColumnKind, Hidden, Table
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import compiled_reports
from mats_portal.reports.statistics import Share
from mats_portal.reports.words import say_cell
from mats_portal.web.late import late

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = late("xlsxwriter")

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_xlsx(snapshot: Snapshot) -> bytes:
    """The whole snapshot. Raises `CellTooLong` rather than cut a text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True} | PLAIN) as book:
        created = snapshot.compiled_at.replace(tzinfo=None)
        book.set_properties({"title": f"{snapshot.cohort}: report", "author": "MATS portal", "created": created})
        writer, taken = _Writer(book), {"about"}
        count = 0
        for report in compiled_reports(snapshot):
            writer.start(sheet_name(report.name, taken), report.question, report.tables.answer)
            for table in all_tables(report.tables):
                writer.table(table)
                count += len(table.rows)
        writer.start("About", f"{snapshot.cohort}: report", "From the MATS portal, from one state of the database.")
        facts = (("Compiled", f"{snapshot.compiled_at:%Y-%m-%d %H:%M} UTC"), ("Hash", snapshot.digest), ("Rows", count))
        for fact in facts:
            writer.row(fact)
    return file.getvalue()


class _Writer:
    """Writes down one sheet after the other, never going back (the book keeps no rows in memory)."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._share = book.add_format({"num_format": "0.0%"})
        self._quiet = book.add_format({"font_color": "#5C6168", "italic": True})
        self._quoted = book.add_format({"quote_prefix": True})
        self._sheet: Any = None
        self._at = 0

    def start(self, name: str, title: str, answer: str) -> None:
        """A new sheet with its question and answer."""
        self._sheet, self._at = self._book.add_worksheet(name), 0
        self._sheet.set_column(0, 0, 44)
        self._sheet.set_column(1, 12, 14)
        self.row((title,), self._title)
        self.row((answer,))

    def table(self, table: Table) -> None:
        """A table under its title, with an empty row before it and its note after it."""
        self._at += 1
        self.row((table.title,), self._bold)
        self.row([label for column in table.columns for label in _labels(column)], self._bold)
        for row in table.rows:
            self.row([part for column, cell in zip(table.columns, row, strict=True) for part in _parts(column, cell)])
        if table.note:
            self.row((table.note,), self._quiet)

    def row(self, cells: Any, form: Any = None) -> None:
        """One row; floats between 0 and 1 inclusive that came from shares are shown in per cent."""
        for number, cell in enumerate(cells):
            if isinstance(cell, _Part):
                self._sheet.write_number(self._at, number, cell.fraction, self._share)
            elif isinstance(cell, int | float):
                self._sheet.write_number(self._at, number, cell, form)
            elif cell:
                text = xlsx_text(str(cell))
                self._sheet.write_string(self._at, number, text, self._quoted if looks_like_formula(text) else form)
        self._at += 1


class _Part:
    """A fraction to be shown in per cent."""

    def __init__(self, fraction: float) -> None:
        self.fraction = fraction


def _labels(column: Column) -> list[str]:
    return [column.label, "from", "to"] if column.kind == ColumnKind.SHARE else [column.label]


def _parts(column: Column, cell: Cell) -> list[Any]:
    if column.kind != ColumnKind.SHARE:
        return ["" if cell is None else say_cell(cell) if isinstance(cell, Hidden) else cell]
    if isinstance(cell, Share) and cell.fraction is not None and cell.low is not None and cell.high is not None:
        return [_Part(cell.fraction), _Part(cell.low), _Part(cell.high)]
    return ["" if cell is None else say_cell(cell), "", ""]
