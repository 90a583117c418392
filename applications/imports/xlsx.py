"""Rows of the first visible sheet of a workbook, after a look at what it would unfold to."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MAX_UNFOLDED = 80 * 1024 * 1024
MAX_RATIO = 60
_PLACE = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"|<row\b[^>]{0,200}?\br="([0-9]{1,7})"')
_CHUNK = 256 * 1024
_OVERLAP = 300


class BadWorkbook(Exception):
    """Why a workbook is not opened, in a sentence."""


def rows(file: BinaryIO, *, max_rows: int, max_columns: int) -> Iterator[list[str]]:
    """The rows as text. What formulas last came to is taken; formulas are not run.

    Raises `BadWorkbook` for what is none, unfolds to too much, or has cells too far out.
    """
    _look_first(file, max_rows, max_columns)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not shown:
            raise BadWorkbook("The workbook has no visible sheet.")
        table = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadWorkbook("This workbook cannot be opened. Save it again as XLSX or CSV (UTF-8).") from error
    for row in table:
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _look_first(file: BinaryIO, max_rows: int, max_columns: int) -> None:
    """Measure the members, and find the outermost cells, without unfolding anything into memory."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise BadWorkbook("This is a ZIP file, but no workbook. Save the table as XLSX or CSV (UTF-8).")
            if sum(member.file_size for member in members) > MAX_UNFOLDED or len(members) > 2_000:
                raise BadWorkbook("The workbook unfolds to more than 80 MB. Save the one sheet as CSV (UTF-8).")
            for member in members:
                _measure(archive, member, max_rows, max_columns)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise BadWorkbook("This workbook cannot be opened. Save it again as XLSX or CSV (UTF-8).") from error


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_rows: int, max_columns: int) -> None:
    if member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise BadWorkbook("The workbook is packed suspiciously tight. Save the one sheet as CSV (UTF-8).")
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    read, tail = 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > member.file_size:
                raise BadWorkbook("The workbook is larger inside than it says. Save the one sheet as CSV (UTF-8).")
            if is_sheet:
                _look_for_far_cells(tail + chunk, max_rows, max_columns)
                tail = chunk[-_OVERLAP:]


def _look_for_far_cells(xml: bytes, max_rows: int, max_columns: int) -> None:
    for letters, row, own in _PLACE.findall(xml):
        if int(row or own) > max_rows + 1 or (letters and _column(letters) > max_columns):
            raise BadWorkbook(
                f"The sheet goes beyond {max_rows:,} rows or {max_columns} columns. Keep only the table in it."
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
