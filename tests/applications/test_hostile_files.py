"""Thirty files and thirteen names that mean harm: each is answered with a sentence, and none is kept or runs."""

from __future__ import annotations

import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.models import Application, Document
from applications.services import attach_document
from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.pdf import LARGEST, SECONDS, ActivePdf, FileTooLarge, LockedPdf, NotAPdf, TooManyPages
from tests import make
from tests.applications import pdfs
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def bomb() -> bytes:
    """A PDF of 20 kB whose one page unfolds to 20 MB of drawing."""
    body = zlib.compress(b"0 0 m 1 1 l S\n" * 1_500_000, 9)
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(body)
    return head + page + stream + body + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"


def nested() -> bytes:
    """Pages below pages below pages, a thousand deep."""
    rows = [b"%PDF-1.7", b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"]
    rows += [b"%d 0 obj<</Type/Pages/Count 1/Kids[%d 0 R]>>endobj" % (n, n + 1) for n in range(2, 1000)]
    rows += [b"1000 0 obj<</Type/Page/Parent 999 0 R/MediaBox[0 0 9 9]>>endobj", b"trailer<</Root 1 0 R/Size 1001>>"]
    return b"\n".join([*rows, b"startxref\n0\n%%EOF"])


SENTENCES = {error: (error.__doc__ or "").splitlines()[0] for error in (ActivePdf, LockedPdf, NotAPdf, TooManyPages)}
EMPTY = "The file is empty."
REFUSED: dict[str, tuple[bytes, str]] = {
    **{name: (content, SENTENCES[NotAPdf] if content else EMPTY) for name, content in pdfs.NOT_PDF.items()},
    **{name: (content, SENTENCES[ActivePdf]) for name, content in pdfs.ACTIVE.items()},
    "locked": (pdfs.locked(), SENTENCES[LockedPdf]),
    "51 pages": (pdfs.plain(51), SENTENCES[TooManyPages]),
    "script around a pdf": (b"<!--" + pdfs.plain() + b"--><script>alert(1)</script>", SENTENCES[NotAPdf]),
    "gif and script": (b"GIF89a/*" + pdfs.plain() + b"*/=1;alert(1)", SENTENCES[NotAPdf]),
    "xml with entities": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', SENTENCES[NotAPdf]),
    "word": (b"PK\x03\x04word/document.xml" + b"\x00" * 60, SENTENCES[NotAPdf]),
    "shell": (b"#!/bin/sh\nrm -rf /\n%PDF-1.7\n%%EOF", SENTENCES[NotAPdf]),
    "one byte": (b"%", SENTENCES[NotAPdf]),
}
# What may be taken or refused, as long as it is quick and what is taken is given out inert.
HEAVY = {"bomb": bomb(), "nested": nested(), "linked": pdfs.linked()}
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\boot.ini": "boot.ini.pdf",
    'a";filename="evil.html': "a filename= evil.html.pdf",
    "cv.pdf\r\nContent-Type: text/html": "html.pdf",
    "cv\r\nX-Evil: 1\x00.pdf": "cvX-Evil 1.pdf",
    "cv.html": "cv.html.pdf",
    "\u202efdp.vc\u202c": "fdp.vc.pdf",
    "x" * 300 + ".pdf": "x" * 90 + ".pdf",
    ".htaccess": "htaccess.pdf",
    "CON.pdf": "CON.pdf",
    "  ": "CV.pdf",
    "履歴書.pdf": "履歴書.pdf",
    "<img src=x onerror=alert(1)>.pdf": "img src=x onerror=alert(1).pdf",
    "%2e%2e%2fetc.pdf": "2e 2e 2fetc.pdf",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    return tmp_path


@pytest.fixture
def application() -> Application:
    """Ada's draft."""
    return make.make_application(make.make_cohort(), submitted=False)


@pytest.fixture
def ada(application: Application, sign_in: SignIn) -> Client:
    """Ada's browser."""
    return sign_in(application.person)


def upload(client: Client, application: Application, content: bytes, name: str = "cv.pdf") -> Any:
    at = reverse("applications:cv", args=[application.cohort.slug])
    return client.post(at, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def in_folder(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_there_are_at_least_thirty_of_them() -> None:
    assert len(REFUSED) + len(HEAVY) >= 30


@pytest.mark.parametrize("kind", REFUSED)
def test_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept(
    application: Application, ada: Client, files: Path, kind: str
) -> None:
    content, sentence = REFUSED[kind]
    answer = upload(ada, application, content)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#x27;", "'")
    assert "Traceback" not in answer.text
    assert not Document.objects.exists()
    assert in_folder(files) == []


@pytest.mark.parametrize("kind", HEAVY)
def test_heavy_file_is_looked_into_within_its_time(application: Application, ada: Client, kind: str) -> None:
    start = time.monotonic()
    assert upload(ada, application, HEAVY[kind]).status_code in (302, 422)
    assert time.monotonic() - start < SECONDS + 10


def test_eleven_megabytes_are_refused_before_they_are_looked_into(application: Application, ada: Client) -> None:
    answer = upload(ada, application, pdfs.plain() + b"0" * (LARGEST + 1024 * 1024))
    assert answer.status_code == 413
    assert (FileTooLarge.__doc__ or "").splitlines()[0] in answer.text
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_file_breaks_out_of_nothing(
    application: Application, files: Path, sign_in: SignIn, name: str
) -> None:
    document = attach_document(application=application, name=name, content=pdfs.plain(), by=application.person)
    assert document.name == NAMES[name]
    [kept] = in_folder(files)
    assert kept.parent.parent.name == "cv"
    assert kept.suffix == ".pdf"
    assert not set(kept.stem) & set("./\\ <>\"'")
    answer = sign_in(application.person).get(reverse("applications:own_cv", args=[application.cohort.slug]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    said = answer["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert said.count(";") == 1
    assert answer["Content-Type"] == "application/pdf"


def test_every_way_to_a_file_is_inert_and_asks_again_each_time(application: Application, sign_in: SignIn) -> None:
    attach_document(application=application, name="cv.pdf", content=pdfs.plain(), by=application.person)
    cohort = application.cohort
    sign_in(application.person).post(reverse("applications:review", args=[cohort.slug]))
    rui = make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF)
    client, at = sign_in(rui.person), reverse("applications:application_cv", args=[cohort.slug, application.code])
    desk = reverse("mentors:cv", args=[cohort.slug, application.code])
    own = reverse("applications:own_cv", args=[cohort.slug])
    for reader, address in ((client, at), (sign_in(application.person), own)):
        answer = reader.get(address)
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
    assert Client().get(own).status_code == 302
    assert sign_in(make.make_person("Nobody")).get(at).status_code == 403
    assert sign_in(make.make_person("Nobody")).get(desk).status_code in (403, 404)
    Membership.objects.filter(pk=rui.pk).delete()
    assert client.get(at).status_code == 403
