"""Files that leave the portal are read again here: whole, exact, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.exports import file_of
from mats_portal.reports.exports.comma import END, HEADER
from mats_portal.reports.exports.safety import (
    LONGEST_CELL,
    CellTooLong,
    csv_text,
    looks_like_formula,
    sheet_name,
    xlsx_text,
)
from mats_portal.reports.frame import Column, Report, ReportTables, Table
from mats_portal.reports.models import Snapshot
from mats_portal.reports.services import compile_snapshot
from mats_portal.reports.typesetting import typeset
from tests.make import make_cohort
from tests.reports.conftest import NASTY, Furnish

PRINTABLE = {"cohort": "Winter", "compiled": "1 January 2026, 00:00 UTC", "digest": "0" * 64, "reports": []}


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """A snapshot of the report that holds everything."""
    return compile_snapshot(cohort=make_cohort("Winter", slug="winter"))


def rows_of(content: bytes) -> list[list[str]]:
    """A CSV file as another program reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_says_everything_and_how_much_that_is(snapshot: Snapshot) -> None:
    file = file_of(snapshot, "csv")
    rows = rows_of(file.content)
    assert file.name == f"winter-report-{snapshot.compiled_at:%Y-%m-%d}.csv"
    assert tuple(rows[0]) == HEADER
    assert rows[-1][:2] == [END, "winter"]
    assert rows[-1][3:5] == [snapshot.digest, str(len(rows) - 2)]
    submitted = next(row for row in rows if row[2:4] == ["Submitted", "Share of the step before, with 95 % interval"])
    assert submitted[4:6] == ["412", "460"]
    assert float(submitted[6]) == pytest.approx(0.864, abs=0.001)


def test_csv_holds_no_formula(snapshot: Snapshot) -> None:
    cells = [cell for row in rows_of(file_of(snapshot, "csv").content) for cell in row]
    assert f"'{NASTY}" in cells
    assert not [cell for cell in cells if looks_like_formula(cell)]


@given(st.text(max_size=30))
def test_csv_text_is_never_a_formula_and_otherwise_unchanged(text: str) -> None:
    safe = csv_text(text)
    assert not looks_like_formula(safe)
    assert safe in (text, f"'{text}")


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "\u00a0=1", "\n@x"])
def test_formula_is_known_in_its_disguises(text: str) -> None:
    assert looks_like_formula(text)


def test_xlsx_reads_back_with_numbers_as_numbers_and_text_as_text(snapshot: Snapshot) -> None:
    content = file_of(snapshot, "xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["channels", "About"]
    rows = book.get_sheet_by_name("channels").to_python()
    cells = [cell for row in rows for cell in row]
    assert NASTY in cells
    submitted = next(row for row in rows if row[0] == "Submitted")
    assert submitted[1:3] == [412, 460]
    assert submitted[3] == pytest.approx(412 / 460)
    about = {row[0]: row[1] for row in book.get_sheet_by_name("About").to_python()}
    assert about["Hash"] == snapshot.digest


def test_xlsx_holds_no_formula_and_no_link(snapshot: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(file_of(snapshot, "xlsx").content)) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets


@pytest.mark.django_db
def test_xlsx_refuses_what_it_would_have_to_cut(furnish: Furnish) -> None:
    def long(cohort: Cohort) -> ReportTables:
        return ReportTables("", tables=(Table("t", (Column("a"),), (("x" * (LONGEST_CELL + 1),),)),))

    furnish(Report("long", "?", long))
    snapshot = compile_snapshot(cohort=make_cohort())
    with pytest.raises(CellTooLong):
        file_of(snapshot, "xlsx")
    assert "x" * (LONGEST_CELL + 1) in [cell for row in rows_of(file_of(snapshot, "csv").content) for cell in row]


def test_control_characters_become_visible() -> None:
    assert xlsx_text("a\x00b\x1fc") == "a\ufffdb\ufffdc"


def test_sheet_names_fit_and_differ() -> None:
    taken: set[str] = set()
    names = [sheet_name("a/very:long*name?of[a]sheet which goes on", taken) for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_pdf_says_the_same_and_is_tagged(snapshot: Snapshot) -> None:
    content = file_of(snapshot, "pdf").content
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "How did people hear of us?" in text
    assert "Most people of Winter heard of us from friends" in text
    assert snapshot.digest[:8] in text
    assert "under 5" in text
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Winter: report"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_pdf_shows_typed_markup_as_typed(snapshot: Snapshot) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file_of(snapshot, "pdf").content)).pages)
    assert '#read("/etc/passwd") *bold* $x$' in " ".join(text.split())
    assert "root:" not in text


def test_pdf_is_made_even_with_letters_that_no_typeface_has() -> None:
    report = {"question": "日本語?", "answer": "한국어 \u202e", "figures": [], "tables": []}
    assert typeset(PRINTABLE | {"reports": [report]}, at=0).startswith(b"%PDF")


def test_same_snapshot_prints_the_same_bytes() -> None:
    assert typeset(PRINTABLE, at=1_700_000_000) == typeset(PRINTABLE, at=1_700_000_000)
