"""PDFs of every kind, made on the spot."""

from __future__ import annotations

import zipfile
from io import BytesIO

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def writer_of(pages: int = 1) -> PdfWriter:
    """A document of blank pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    return writer


def written(writer: PdfWriter) -> bytes:
    """The bytes of a document."""
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def plain(pages: int = 1) -> bytes:
    """A PDF without anything remarkable."""
    return written(writer_of(pages))


def linked() -> bytes:
    """A PDF that opens at its first page and has a link, as most CVs have."""
    writer = writer_of(2)
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://example.org/"))
    first = writer.pages[0].indirect_reference
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([first, NameObject("/Fit")])
    return written(writer)


def locked() -> bytes:
    """A PDF with a password."""
    writer = writer_of()
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def scripted() -> bytes:
    """A PDF that runs a script when it is opened."""
    writer = writer_of()
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(_action("/JavaScript"))
    return written(writer)


def _action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("calc.exe")})


def launching() -> bytes:
    """A PDF that starts a programme when it is opened."""
    writer = writer_of()
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(_action("/Launch"))
    return written(writer)


def launching_later() -> bytes:
    """The same, as what follows a harmless action of an annotation."""
    writer = writer_of()
    first = DictionaryObject({NameObject("/S"): NameObject("/Named"), NameObject("/Next"): _action("/Launch")})
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): first})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return written(writer)


def on_page() -> bytes:
    """A PDF that runs a script when a page is opened."""
    writer = writer_of()
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): _action("/JavaScript")})
    return written(writer)


def carrying() -> bytes:
    """A PDF with another file inside."""
    writer = writer_of()
    writer.add_attachment("tool.exe", b"MZ")
    return written(writer)


def circular() -> bytes:
    """A PDF whose tree of pages leads back to its beginning."""
    writer = writer_of()
    pages = writer.root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject([pages.indirect_reference])  # type: ignore[index]
    return written(writer)


def without_pages() -> bytes:
    """A PDF of no page that says it has a million."""
    writer = writer_of()
    pages = writer.root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject()  # type: ignore[index]
    pages[NameObject("/Count")] = NumberObject(1_000_000)  # type: ignore[index]
    return written(writer)


def zipped() -> bytes:
    """A ZIP, as a DOCX is one, with a PDF's first line before it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return b"%PDF-1.7\n" + file.getvalue() + b"\n%%EOF"


NOT_PDF = {
    "empty": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html before a pdf": b"<script>alert(1)</script>" + plain(),
    "blanks before a pdf": b"\n\n" + plain(),
    "first line of a pdf": b"%PDF-1.7\n",
    "pdf of text": b"%PDF-1.7\nhello\n%%EOF",
    "cut pdf": plain()[:200],
    "zip as pdf": zipped(),
    "executable": b"MZ\x90\x00" * 100,
    "image": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "circle": circular(),
    "no pages": without_pages(),
    "trailer to nowhere": b"%PDF-1.7\ntrailer<</Root 9 0 R/Size 1>>\nstartxref\n99999999\n%%EOF",
    "deep": b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\nstartxref\n9\n%%EOF",
}
ACTIVE = {
    "script": scripted(),
    "launch": launching(),
    "launch later": launching_later(),
    "page script": on_page(),
    "other file": carrying(),
}
