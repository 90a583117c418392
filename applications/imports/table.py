"""A file of rows: CSV in any usual dialect, or a spreadsheet; read row by row, refused with a sentence."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from applications.imports import xlsx
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_line

MAX_BYTES = 120 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 300


class UnreadableFile(Refusal):
    """This file cannot be read. Save it again as CSV (UTF-8) or XLSX, and upload that."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file that it starts in, and its cells as text, as many as there are headers."""

    line: int
    cells: list[str]


class Table:
    """The headers of a file, and its rows, which can be read more than once.

    `file` is binary and seekable. Raises `UnreadableFile` here for what is no table at
    all, and while rows are read for what goes wrong further down, with the line.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = _unzipped(file)
        self._is_workbook = self._starts_with(b"PK")
        self._sheet: list[list[str]] | None = None
        first = next(self._raw(), None)
        if first is None or not any(cell.strip() for cell in first.cells):
            raise UnreadableFile("The file is empty: the first line has to name the columns.")
        self.headers = [clean_line(cell) for cell in first.cells]
        if len(self.headers) > MAX_COLUMNS:
            raise UnreadableFile(f"The file has {len(self.headers)} columns; at most {MAX_COLUMNS} are read.")

    def __iter__(self) -> Iterator[Row]:
        raw = self._raw()
        next(raw)
        width = len(self.headers)
        for number, row in enumerate(raw, 1):
            if number > MAX_ROWS:
                raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows. Split it, and import the parts.")
            if any(cell.strip() for cell in row.cells):
                yield Row(row.line, (row.cells + [""] * (width - len(row.cells)))[: max(width, len(row.cells))])

    def count(self) -> int:
        """How many rows there are; the file is read once for it."""
        return sum(1 for _ in self)

    def _raw(self) -> Iterator[Row]:
        self._file.seek(0)
        if not self._is_workbook:
            yield from self._csv_rows()
            return
        if self._sheet is None:
            try:
                self._sheet = list(xlsx.rows(self._file, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS))
            except xlsx.BadWorkbook as error:
                raise UnreadableFile(str(error)) from error
        for number, cells in enumerate(self._sheet, 1):
            yield Row(number, cells)

    def _csv_rows(self) -> Iterator[Row]:
        kept: Any = _Kept(self._file)
        text = io.TextIOWrapper(kept, encoding=self._encoding(), newline="")
        reader = csv.reader(text, delimiter=self._delimiter(), strict=False)
        line = 1
        try:
            for cells in reader:
                if any("\x00" in cell for cell in cells):
                    raise UnreadableFile(f"Line {line} holds binary zeros: this is not a text file. {ADVICE}")
                yield Row(line, cells)
                line = reader.line_num + 1
        except UnicodeError as error:
            raise UnreadableFile(f"From line {line} on, the file is not in UTF-8. {ADVICE}") from error
        except csv.Error as error:
            raise UnreadableFile(f"Line {line} cannot be read: one of its cells is too long.") from error

    def _starts_with(self, magic: bytes) -> bool:
        self._file.seek(0)
        return self._file.read(len(magic)) == magic

    def _encoding(self) -> str:
        self._file.seek(0)
        start = self._file.read(4)
        self._file.seek(0)
        return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"

    def _delimiter(self) -> str:
        self._file.seek(0)
        try:
            head = self._file.read(64 * 1024).decode(self._encoding(), errors="replace").partition("\n")[0]
        finally:
            self._file.seek(0)
        return max(",;\t", key=head.count)


ADVICE = "Save it again as CSV (UTF-8), and upload that."


class _Kept(io.RawIOBase):
    """A view of the file that may be closed without closing the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._inner = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _unzipped(file: BinaryIO) -> BinaryIO:
    """The file itself, or what is in it if it is gzipped; refused when it is too large."""
    file.seek(0)
    zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if zipped:
        try:
            inner = gzip.GzipFile(fileobj=file).read(MAX_BYTES + 1)
        except (OSError, EOFError) as error:
            raise UnreadableFile from error
        file = io.BytesIO(inner)
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Split it, and import the parts.")
    return file
