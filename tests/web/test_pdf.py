from __future__ import annotations

import pytest

from mats_portal.web.pdf import LARGEST, ActivePdf, FileTooLarge, LockedPdf, NotAPdf, TooManyPages, pages_of
from mats_portal.web.uploads import display_name
from tests.applications import pdfs


@pytest.mark.parametrize(("content", "pages"), [(pdfs.plain(3), 3), (pdfs.linked(), 2), (pdfs.plain(50), 50)])
def test_pages_of_a_pdf_are_counted(content: bytes, pages: int) -> None:
    assert pages_of(content) == pages


@pytest.mark.parametrize("kind", pdfs.NOT_PDF)
def test_file_that_is_no_pdf_is_refused_whatever_it_begins_with(kind: str) -> None:
    with pytest.raises(NotAPdf):
        pages_of(pdfs.NOT_PDF[kind])


@pytest.mark.parametrize("kind", pdfs.ACTIVE)
def test_pdf_that_runs_or_carries_something_is_refused(kind: str) -> None:
    with pytest.raises(ActivePdf):
        pages_of(pdfs.ACTIVE[kind])


def test_locked_long_and_large_pdfs_are_refused_each_with_its_reason() -> None:
    with pytest.raises(LockedPdf):
        pages_of(pdfs.locked())
    with pytest.raises(TooManyPages):
        pages_of(pdfs.plain(51))
    with pytest.raises(FileTooLarge):
        pages_of(b"%PDF-" + b"0" * LARGEST)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Ada's CV.pdf", "Ada's CV.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ada\\cv.PDF", "cv.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "a bSet-Cookie x=1.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe.pdf"),
        ("nul\x00.pdf", "nul.pdf"),
        ("....pdf", "CV.pdf"),
        ("", "CV.pdf"),
        ("é" * 300 + ".pdf", "é" * 90 + ".pdf"),
    ],
)
def test_name_of_a_file_is_made_fit_to_show(sent: str, shown: str) -> None:
    assert display_name(sent) == shown
