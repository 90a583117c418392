"""A file as an answer: uploaded, replaced, taken out, read by those who may read the answer, erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.erasing import erase, preview
from applications.errors import NoFileAsked, NotYours
from applications.imports.applications import KnownForm, KnownQuestion, parse
from applications.models import Application, Choice
from applications.privacy import personal_data
from applications.selectors import answer_files_of, readable_answer_file
from applications.services import (
    attach_answer_file,
    choose_streams,
    remove_answer_file,
    save_section,
    submit_application,
    withdraw_application,
)
from applications.services.answer_files import MOST_AN_HOUR
from applications.services.import_writing import write_applications
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires import erasing as answers_erasing
from mats_portal.questionnaires.carrying import FORMS
from mats_portal.questionnaires.invariants import INVARIANTS
from mats_portal.questionnaires.models import Answer, AnswerFile
from mats_portal.questionnaires.selectors import current_version, questionnaire_of, questions_of
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, Purpose, QuestionKind
from mats_portal.web.pdf import MEGABYTE
from tests import make
from tests.applications import pdfs
from tests.applications.test_hostile_files import REFUSED
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
AUTOSAVE: dict[str, Any] = {"headers": {"X-Requested-With": "fetch", "Accept": "application/json"}}
FILE = QuestionKind.FILE
WORK = QuestionSpec("work", FILE, "A piece of your work", max_megabytes=1)
SECRET = QuestionSpec("visa", FILE, "Your visa", is_required=False, is_sensitive=True, purpose="To help you travel.")
INNER = QuestionSpec("card", FILE, "Your card", is_required=False, audience=Audience.STAFF)
WHY = QuestionSpec("why", QuestionKind.LONG, "Why?")
SHARED = QuestionSpec("proof", FILE, "A proof", is_required=False, is_shared=True)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cohort() -> Cohort:
    """Asks for three files and a reason."""
    made = make.make_cohort()
    make.make_questions(made, questions=[WORK, SECRET, INNER, WHY])
    return made


@pytest.fixture
def application(cohort: Cohort) -> Application:
    """Ada's draft, without a file yet."""
    return make.make_application(cohort, submitted=False)


@pytest.fixture
def ada(application: Application, sign_in: SignIn) -> Client:
    """Ada's browser."""
    return sign_in(application.person)


def stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def page(application: Application) -> str:
    return reverse("applications:section", args=[application.cohort.slug, "questions"])


def pdf(content: bytes | None = None, name: str = "work.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdfs.plain() if content is None else content, "application/pdf")


def send(client: Client, application: Application, **data: Any) -> Any:
    return client.post(page(application), {"revision": "9999", "q_why": "Because.", **data})


def attach(application: Application, key: str = "work", choice: Choice | None = None, pages: int = 1) -> AnswerFile:
    return attach_answer_file(
        application=application,
        choice=choice,
        key=key,
        name=f"{key}.pdf",
        content=pdfs.plain(pages),
        by=application.person,
    )


def submit(application: Application) -> dict[str, Any]:
    submission = submit_application(application=application, by=application.person)
    application.refresh_from_db()
    return {answer["key"]: answer for part in submission.content["parts"] for answer in part["answers"]}


def status_of(client: Client, path: str) -> int:
    answer = client.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    return answer.status_code


def own(application: Application, file: AnswerFile) -> str:
    return reverse("applications:own_file", args=[application.cohort.slug, file.code])


def read_at(application: Application, file: AnswerFile) -> str:
    return reverse("applications:application_file", args=[application.cohort.slug, application.code, file.code])


def sound() -> bool:
    return not [fault for invariant in INVARIANTS for fault in invariant.find()]


def test_file_is_uploaded_shown_replaced_and_taken_out_without_a_script(
    ada: Client, application: Application, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    fresh = ada.get(page(application)).text
    assert "at most 1 MB" in fresh
    assert "field-error" not in fresh
    with django_capture_on_commit_callbacks(execute=True):
        assert send(ada, application, q_work=pdf(name="First.pdf")).status_code == 302
        first = AnswerFile.objects.get()
        shown = ada.get(page(application)).text
        assert "First.pdf" in shown
        assert own(application, first) in shown
        assert status_of(ada, own(application, first)) == 200
        send(ada, application, q_work=pdf(pdfs.plain(2), "Second.pdf"))
    second = AnswerFile.objects.get()
    assert (second.name, second.pages, len(stored(files))) == ("Second.pdf", 2, 1)
    assert status_of(ada, own(application, first)) == 404
    with django_capture_on_commit_callbacks(execute=True):
        answer = ada.post(page(application), {"revision": "9999", "q_why": "Still.", "take_out": "work"}, follow=True)
    assert "The file is taken out." in answer.text
    assert (AnswerFile.objects.count(), stored(files)) == (0, [])
    assert Answer.objects.get(question__key="why").text == "Still."
    assert sound()


def test_required_file_keeps_from_submitting_until_it_is_there(ada: Client, application: Application) -> None:
    review = reverse("applications:review", args=[application.cohort.slug])
    assert "This needs an answer." in ada.get(review).text
    assert ada.post(review).status_code == 409
    attach(application)
    assert "work.pdf" in ada.get(review).text
    assert ada.post(review).status_code == 302


def test_autosave_sends_no_file_and_disturbs_none(ada: Client, application: Application) -> None:
    send(ada, application, q_work=pdf())
    sheet = application.sheet
    sheet.refresh_from_db()
    data = {"revision": sheet.revision, "q_why": "More.", "q_work": pdf(name="other.pdf"), "take_out": "work"}
    assert ada.post(page(application), data, **AUTOSAVE).status_code == 200
    assert ada.post(page(application), {"revision": 9999, "q_work": "evil.pdf"}, **AUTOSAVE).status_code == 200
    assert AnswerFile.objects.get().name == "work.pdf"
    assert Answer.objects.get(question__key="work").text == "work.pdf"


def test_upload_does_not_clash_with_text_typed_in_another_window(ada: Client, application: Application) -> None:
    sheet = application.sheet
    sheet.refresh_from_db()
    send(ada, application, q_work=pdf())
    data = {"revision": sheet.revision, "q_why": "Because. And more."}
    assert ada.post(page(application), data, **AUTOSAVE).status_code == 409, "the text was changed in both"
    sheet.refresh_from_db()
    before = sheet.revision
    attach(application, pages=2)
    assert ada.post(page(application), {"revision": before, "q_why": "Mine."}, **AUTOSAVE).status_code == 200


# The code is that of the CV, which is tried with all thirty.
@pytest.mark.parametrize("kind", ["html", "script", "locked", "51 pages", "empty"])
def test_hostile_file_is_refused_and_what_was_typed_is_kept(
    ada: Client, application: Application, files: Path, kind: str
) -> None:
    attach(application)
    answer = send(ada, application, q_work=pdf(REFUSED[kind][0]), q_why=f"Typed with {kind}")
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert f"Typed with {kind}" in answer.text
    assert "work.pdf" in answer.text, "what was there before is shown as being there"
    assert Answer.objects.get(question__key="why").text == f"Typed with {kind}"
    assert len(stored(files)) == 1


def test_file_larger_than_staff_allow_is_refused_before_it_is_read(
    ada: Client, application: Application, files: Path
) -> None:
    answer = send(ada, application, q_work=pdf(pdfs.plain() + b"0" * MEGABYTE))
    assert (answer.status_code, "larger than 1 MB" in answer.text) == (413, True)
    assert stored(files) == []


def test_many_uploads_within_an_hour_are_refused(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mats_portal.web.uploads.pages_of", lambda content: 1)
    for _ in range(MOST_AN_HOUR):
        attach(application)
    with pytest.raises(Exception, match="many files"):
        attach(application)


def test_only_the_person_answers_and_only_what_asks_for_a_file(application: Application) -> None:
    with pytest.raises(NotYours):
        attach_answer_file(
            application=application, choice=None, key="work", name="a", content=pdfs.plain(), by=make.make_person("Eve")
        )
    with pytest.raises(NoFileAsked):
        attach(application, "why")
    with pytest.raises(NoFileAsked):
        remove_answer_file(application=application, choice=None, key="gone", by=application.person)
    assert not remove_answer_file(application=application, choice=None, key="work", by=application.person)


def test_what_was_submitted_is_read_until_the_next_submission(
    application: Application, sign_in: SignIn, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    rui = sign_in(make.make_membership(make.make_person("Rui"), application.cohort, CohortRole.STAFF).person)
    with django_capture_on_commit_callbacks(execute=True):
        first = attach(application)
        assert status_of(rui, read_at(application, first)) == 404, "nobody reads a draft"
        answer = submit(application)["work"]
        assert answer["file"] == {"code": first.code, "size": first.size, "pages": 1, "sha256": first.digest}
        second = attach(application, pages=2)
    assert len(stored(files)) == 2
    assert read_at(application, first) in rui.get(application.get_absolute_url()).text
    assert [status_of(rui, read_at(application, one)) for one in (first, second)] == [200, 404]
    with django_capture_on_commit_callbacks(execute=True):
        submit(application)
    assert [status_of(rui, read_at(application, one)) for one in (first, second)] == [404, 200]
    assert len(stored(files)) == 1
    withdraw_application(application=application, by=application.person)
    assert status_of(rui, read_at(application, second)) == 404
    assert sound()


def test_each_file_is_read_by_those_who_may_read_its_answer_and_is_given_out_inert(
    application: Application, sign_in: SignIn
) -> None:
    open_, secret, inner = (attach(application, key) for key in ("work", "visa", "card"))
    submit(application)
    cohort, stream = application.cohort, application.preferences.get().stream
    staff = sign_in(make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person)
    mira = sign_in(make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream).person)
    statuses = [
        [status_of(one, read_at(application, file)) for file in (open_, secret, inner)] for one in (staff, mira)
    ]
    assert statuses == [[200, 200, 200], [200, 404, 404]]
    desk = [reverse("mentors:file", args=[cohort.slug, application.code, file.code]) for file in (open_, secret, inner)]
    assert [status_of(mira, at) for at in desk] == [200, 404, 404]
    assert desk[0] in mira.get(reverse("mentors:desk", args=[cohort.slug, application.code])).text
    eve = make.make_application(cohort, make.make_person("Eve"), [stream], submitted=False)
    assert status_of(sign_in(eve.person), own(application, open_)) == 404
    answer = staff.get(read_at(application, open_))
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="work.pdf"'
    assert answer["Content-Type"] == "application/pdf"


def streams_that_share(cohort: Cohort) -> list[Stream]:
    streams = [make.make_stream(cohort, name) for name in ("Alpha", "Beta")]
    for stream in streams:
        make.make_questions(cohort, stream, [SHARED])
    return streams


def test_file_that_two_streams_ask_for_is_sent_once_and_read_by_both(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    streams = streams_that_share(cohort)
    application = make.make_application(cohort, streams=streams[:1], submitted=False)
    first = application.choices.get()
    attach(application, "proof", first)
    choose_streams(application=application, codes=[stream.code for stream in streams], by=application.person)
    file = attach(application, "proof", first, pages=2)
    assert list(answer_files_of(application)) == [file]
    assert file.answers.count() == 2
    submit(application)
    for stream in streams:
        mentor = make.make_membership(make.make_person(stream.name), cohort, CohortRole.MENTOR, stream).person
        assert status_of(sign_in(mentor), read_at(application, file)) == 200
    other = make.make_stream(cohort, "Gamma")
    mentor = make.make_membership(make.make_person("Gil"), cohort, CohortRole.MENTOR, other).person
    assert status_of(sign_in(mentor), read_at(application, file)) == 404
    remove_answer_file(application=application, choice=first, key="proof", by=application.person)
    assert not Answer.objects.exclude(text="").filter(question__key="proof").exists()
    assert list(answer_files_of(application)) == [file], "what was submitted holds it"
    assert sound()


def test_file_that_is_not_asked_for_any_more_is_not_part_of_what_is_submitted() -> None:
    cohort = make.make_cohort()
    has = QuestionSpec("has", QuestionKind.SINGLE, "Have you one?", options=("Yes", "No"))
    make.make_questions(cohort, questions=[has, replace(WORK, shown_if="has", shown_if_options=("Yes",))])
    application = make.make_application(cohort, submitted=False)
    file = attach(application)
    assert submit(application)["work"]["file"]["code"] == file.code
    ours: dict[str, Any] = {"expected_revision": 9999, "by": application.person}
    save_section(application=application, values={"has": "No"}, **ours)
    assert "work" not in submit(application)
    file.refresh_from_db()
    assert not file.is_held, "it stays in the draft alone"
    rui = make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person
    assert readable_answer_file(application, rui, file.code) is None
    save_section(application=application, values={"has": "Yes"}, **ours)
    assert submit(application)["work"]["file"]["code"] == file.code


def test_builder_previews_it_and_another_cohort_gets_the_question_without_a_file(
    application: Application, sign_in: SignIn
) -> None:
    attach(application)
    cohort, later = application.cohort, make.make_cohort("Later")
    rui = make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person
    seen = sign_in(rui).get(reverse("questionnaires:preview", args=[cohort.slug, "general"])).text
    assert (seen.count('type="file"'), "work.pdf" in seen) == (3, False)
    FORMS.copy(source=cohort, target=later, codes=[line.code for line in FORMS.lines(cohort, later)], by=rui)
    version = current_version(questionnaire_of(later, Purpose.APPLICATION))
    assert version is not None
    assert [QuestionSpec.of(question) for question in questions_of(version)] == [WORK, SECRET, INNER, WHY]
    assert AnswerFile.objects.count() == 1


def test_import_keeps_the_name_alone_and_the_table_shows_and_exports_it(sign_in: SignIn) -> None:
    known = KnownForm((KnownQuestion("work", FILE, WORK.wording, (), ()),), {})
    row = {"external_id": "r1", "created": "2026-05-01T10:00", "name": "Ada", "email": "ada@example.org"}
    row |= {"status": "submitted", "streams": "", "general/work": "https://files.example.org/work.pdf"}
    cohort = make.make_cohort()
    version = make.make_questions(cohort, questions=[WORK])
    write_applications(cohort, [parse(2, row, form=known, zone=ZoneInfo("UTC"))], {None: version})
    ada = Application.objects.get()
    [part] = ada.submissions.get().content["parts"]
    assert (part["answers"][0]["text"], "file" in part["answers"][0]) == (row["general/work"], False)
    rui = sign_in(make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person)
    for name in ("applications", "export"):
        answer = rui.get(reverse(f"applications:{name}", args=[cohort.slug]), {"columns": "answer.work"})
        assert b"files.example.org/work.pdf" in answer.getvalue()
    page_of_staff = rui.get(ada.get_absolute_url()).text
    assert "https://files.example.org/work.pdf" in page_of_staff
    assert 'href="https://files.example.org' not in page_of_staff


def test_own_data_names_every_file_with_its_address(application: Application) -> None:
    file = attach(application)
    [told] = personal_data(application.person)["applications"][0]["files"]
    assert (told["name"], told["sha256"]) == ("work.pdf", file.digest)
    assert told["address"].endswith(own(application, file))


def test_erasing_a_person_takes_their_files_along(
    application: Application, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        attach(application)
        submit(application)
        attach(application, pages=2)
    assert len(stored(files)) == 2
    assert [part.count for part in answers_erasing.preview(application.person) if "Files" in part.what] == [2]
    assert preview(application.person)
    with django_capture_on_commit_callbacks(execute=True):
        erase(application.person)
        answers_erasing.erase(application.person)
    assert (AnswerFile.objects.count(), stored(files)) == (0, [])


def test_pages_ask_the_database_no_more_for_three_files_than_for_one(ada: Client, application: Application) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ada.get(page(application)).status_code == 200
        return len(captured)

    attach(application)
    statements()
    one = statements()
    for key in ("visa", "card"):
        attach(application, key)
    assert statements() == one
