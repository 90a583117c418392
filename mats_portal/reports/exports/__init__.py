"""A snapshot as a file: whole or not at all, and never a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mats_portal.reports.exports.comma import as_csv
from mats_portal.reports.exports.sheets import as_xlsx
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import printed
from mats_portal.reports.typesetting import print_report

__all__ = ["FORMATS", "File", "file_of"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    name: str
    content: bytes
    media_type: str


def _as_pdf(snapshot: Snapshot) -> bytes:
    """The kept printing; a snapshot that could not be printed then is tried again now. Raises `NotPrinted`."""
    return printed(snapshot) or print_report(snapshot)


FORMATS: dict[str, tuple[str, Callable[[Snapshot], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "pdf": ("application/pdf", _as_pdf),
}


def file_of(snapshot: Snapshot, form: str) -> File:
    """The snapshot in one of `FORMATS`. Raises KeyError for another format, `NotPrinted`, `CellTooLong`."""
    media_type, write = FORMATS[form]
    name = f"{snapshot.cohort.slug}-report-{snapshot.compiled_at:%Y-%m-%d}.{form}"
    return File(name, write(snapshot), media_type)
