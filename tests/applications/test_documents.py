from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.models import Application, Document
from applications.selectors import current_document, submitted_document
from applications.services import attach_document, remove_document, submit_application, withdraw_application
from applications.services.documents import MOST_AN_HOUR
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.pdf import LARGEST
from mentors.services import assign_reviewer, declare_conflict
from mentors.states import ConflictKind
from tests import make
from tests.applications import pdfs
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db
Commits = Any


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def application() -> Application:
    """Ada's draft."""
    return make.make_application(make.make_cohort(), submitted=False)


def kept(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def attach(application: Application, pages: int = 1, name: str = "cv.pdf") -> Document:
    return attach_document(application=application, name=name, content=pdfs.plain(pages), by=application.person)


def url(name: str, application: Application, *args: str) -> str:
    return reverse(f"applications:{name}", args=[application.cohort.slug, *args])


def upload(client: Client, application: Application, content: bytes, name: str = "cv.pdf") -> Any:
    return client.post(url("cv", application), {"file": SimpleUploadedFile(name, content, "application/pdf")})


def answer_to(client: Client, path: str) -> int:
    """The status, with the file put away."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def test_file_is_kept_under_a_name_of_our_own(application: Application, files: Path) -> None:
    document = attach(application, name="../../static/evil.html")
    assert document.name == "evil.html.pdf"
    (path,) = kept(files)
    assert (path.parent.parent.name, path.suffix, "evil" in str(path)) == ("cv", ".pdf", False)
    assert len(path.stem) == 43


def test_another_file_takes_the_place_and_the_old_one_goes_on_commit(
    application: Application, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        first = attach(application, 1)
        second = attach(application, 2)
    assert len(kept(files)) == 2
    for callback in callbacks:
        callback()
    assert [path.name for path in kept(files)] == [Path(str(second.file.name)).name]
    assert not Document.objects.filter(pk=first.pk).exists()


def test_submitted_file_is_read_until_the_next_submission(
    application: Application, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = attach(application, 1)
    assert submitted_document(application, application.person) is None
    submission = submit_application(application=application, by=application.person)
    application.refresh_from_db()
    assert submission.content["cv"]["sha256"] == first.digest
    with django_capture_on_commit_callbacks(execute=True):
        second = attach(application, 2)
    assert (submitted_document(application, application.person), current_document(application)) == (first, second)
    assert len(kept(files)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        submit_application(application=application, by=application.person)
    assert submitted_document(application, application.person) == second
    assert len(kept(files)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_document(application=application, by=application.person)
    assert (submitted_document(application, application.person), current_document(application)) == (second, None)
    withdraw_application(application=application, by=application.person)
    application.refresh_from_db()
    assert submitted_document(application, application.person) is None


def test_submission_without_a_file_says_nothing_of_one(application: Application) -> None:
    assert "cv" not in submit_application(application=application, by=application.person).content


def test_nothing_is_left_when_it_cannot_be_saved(
    application: Application, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(RuntimeError):
        attach(application)
    assert kept(files) == []


def test_applicant_uploads_sees_downloads_and_takes_out(application: Application, sign_in: SignIn) -> None:
    ada = sign_in(application.person)
    assert "optional" in ada.get(url("apply", application)).text
    assert upload(ada, application, pdfs.plain(2), "Ada’s CV.pdf").status_code == 302
    assert "Ada’s CV.pdf" in ada.get(url("cv", application)).text
    assert "2 pages" in ada.get(url("apply", application)).text
    assert "Ada’s CV.pdf" in ada.get(url("review", application)).text
    answer = ada.get(url("own_cv", application))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    ada.post(url("remove_cv", application))
    assert ada.get(url("own_cv", application)).status_code == 404


def test_file_is_given_out_inert(application: Application, sign_in: SignIn) -> None:
    attach(application, name='a"b\r\nX-Evil: 1.pdf')
    answer = sign_in(application.person).get(url("own_cv", application))
    assert b"".join(answer.streaming_content) == pdfs.plain()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a bX-Evil 1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", ["html", "zip as pdf", "svg", "empty", "cut pdf"])
def test_what_is_no_pdf_is_refused_with_a_sentence(
    application: Application, sign_in: SignIn, files: Path, kind: str
) -> None:
    ada = sign_in(application.person)
    answer = upload(ada, application, pdfs.NOT_PDF[kind])
    assert answer.status_code == 422
    assert "PDF" in answer.text or "empty" in answer.text
    assert kept(files) == []


def test_large_file_and_many_files_are_refused(application: Application, sign_in: SignIn, files: Path) -> None:
    ada = sign_in(application.person)
    answer = upload(ada, application, b"%PDF-" + b"0" * LARGEST)
    assert (answer.status_code, "larger than 10 MB" in answer.text) == (413, True)
    codes = [upload(ada, application, b"%PDF-no").status_code for _ in range(MOST_AN_HOUR)]
    assert set(codes) == {422}
    assert "many files" in upload(ada, application, pdfs.plain()).text
    assert kept(files) == []


def test_only_those_who_may_read_the_application_get_the_file(sign_in: SignIn) -> None:
    world = World()
    assert world.document
    application = world.application
    at = url("application_cv", application, application.code)
    desk = reverse("mentors:cv", args=[application.cohort.slug, application.code])
    rui, mira, rea = (sign_in(world.person(role)) for role in ("staff", "mentor", "reviewer"))
    assert [answer_to(client, at) for client in (rui, mira, rea)] == [200, 200, 404]
    assert answer_to(rea, desk) == 404
    assign_reviewer(application=application, reviewer=world.person("reviewer"), by=world.person("staff"))
    assert answer_to(rea, desk) == 200
    other = make.make_person("Mio")
    make.make_membership(other, application.cohort, CohortRole.MENTOR, world.other_stream)
    assert sign_in(other).get(at).status_code == 404
    mentor = world.person("mentor")
    declare_conflict(application=application, person=mentor, kind=ConflictKind(ConflictKind.values[0]), by=mentor)
    assert sign_in(mentor).get(at).status_code == 404
    withdraw_application(application=application, by=application.person)
    assert rui.get(at).status_code == 404


def test_file_that_is_gone_from_the_disk_is_not_found(application: Application, sign_in: SignIn, files: Path) -> None:
    attach(application)
    for path in kept(files):
        path.unlink()
    assert sign_in(application.person).get(url("own_cv", application)).status_code == 404
