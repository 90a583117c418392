"""A person asks to be erased, an administrator looks at what would go, and afterwards nothing of them is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from applications.models import Label, Labelling, ReferenceLetter, Submission
from applications.outreach.models import Interest
from applications.services import answer_reference, attach_document, raise_concern, save_view
from applications.states import ApplicationState
from mats_portal.cohorts.services import give_extension
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.jobs.services import run_now
from mats_portal.journal.models import Entry
from mats_portal.keeping.ledger import noted
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.reminders import waiting_due
from mats_portal.keeping.selectors import kept_about, parts_of_erasure
from mats_portal.keeping.services import (
    AlreadyAnswered,
    AlreadyAsked,
    AnswerNeeded,
    NotNow,
    ask_for_erasure,
    erase_again,
    grant_erasure,
    refuse_erasure,
    take_back_erasure,
)
from mats_portal.keeping.states import ErasureState
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters
from mats_portal.people.models import Person
from tests import make
from tests.applications import pdfs
from tests.research_plans import world as plans
from tests.scholars import world as scholars

pytestmark = pytest.mark.django_db
WORD = "Zanzibarine"
ADDRESS = "zanzibarine@example.org"


@pytest.fixture
def adm() -> Person:
    person = make.make_person("Adm")
    make.make_global_role(person)
    return person


@pytest.fixture(autouse=True)
def ledger(settings: Any, tmp_path: Path) -> Path:
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    return tmp_path / "erasures"


def ada() -> Person:
    return make.make_person(f"Ada {WORD}", email=ADDRESS)


def erase(person: Person, adm: Person) -> ErasureRequest:
    """Ask, say yes, and let the worker do it."""
    asked = ask_for_erasure(by=person, words=f"I am {WORD}.")
    job = run_now(grant_erasure(request=asked, answer="", by=adm))
    assert job.state == "done", job.sentence
    asked.refresh_from_db()
    return asked


def rows_that_say(word: str) -> list[str]:
    """The tables of the portal in which the word stands, in whatever column; its letters may be of any size."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label == "support":
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT count(*) FROM {table} row WHERE row::text ILIKE %s", [f"%{word}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(model._meta.label)
    return found


def test_nothing_that_names_an_applicant_is_left_anywhere(adm: Person, django_capture_on_commit_callbacks: Any) -> None:
    person, cohort = ada(), make.make_cohort()
    application = make.make_application(cohort, person)
    reference = make.make_reference(application, name=f"Rea {WORD}")
    answer_reference(reference=reference, relationship=f"{WORD}'s teacher", text=f"{WORD} is careful.")
    document = attach_document(application=application, name=f"{WORD}.pdf", content=pdfs.plain(), by=person)
    Interest.objects.create(cohort=cohort, name=WORD, email=ADDRESS)
    raise_concern(application=application, reason=f"{WORD} copied.", by=make.make_person("Rui"))
    save_view(cohort=cohort, name=f"{WORD}'s", address="", is_shared=True, by=person)
    label = Label.objects.create(cohort=cohort, name="Strong")
    Labelling.objects.create(label=label, application=application, by=make.make_person("Rui"))
    later = timezone.now() + timedelta(days=20)
    close = MilestoneKind.APPLICATIONS_CLOSE
    give_extension(cohort=cohort, kind=close, person=person, at=later, reason=f"{WORD} is ill.", by=make.make_person())
    stored = str(document.file.name)
    assert len(rows_that_say(WORD)) > 6
    with django_capture_on_commit_callbacks(execute=True):
        done = erase(person, adm)
    deliver_letters()
    assert rows_that_say(WORD) == []
    assert not Labelling.objects.exists()
    assert not default_storage.exists(stored)
    assert done.state == ErasureState.DONE
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert (application.education, application.submissions.count()) == (1, 1)


def test_scholar_who_finished_is_a_figure_afterwards(adm: Person) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    scholar = scholars.make_scholar(stream, person=ada())
    plan = plans.make_submitted_plan(scholar)
    with pytest.raises(NotNow, match="finish or leave first"):
        grant_erasure(request=ask_for_erasure(by=scholar.person), answer="", by=adm)
    ErasureRequest.objects.all().delete()
    type(scholar).objects.filter(pk=scholar.pk).update(state="finished", ended_at=timezone.now())
    told = make.make_letter(
        cohort, subject=f"A plan of Ada {WORD}", text=f"Ada {WORD} ({ADDRESS}) asks you to read it."
    )
    erase(scholar.person, adm)
    deliver_letters()
    told.refresh_from_db()
    assert told.subject == "A plan of Erased person"
    assert rows_that_say(WORD) == []
    revision = plan.revisions.get()
    assert (revision.content, revision.number) == ({"parts": {}, "outputs": []}, 1)
    scholar.refresh_from_db()
    assert scholar.stream == stream


def test_account_is_closed_and_the_journal_keeps_a_pseudonym(adm: Person, client: Any) -> None:
    person = make.make_person(f"Ada {WORD}", email=ADDRESS, password="correct horse battery")
    client.force_login(person)
    assert client.get("/my-data/").status_code == 200
    erase(person, adm)
    assert client.get("/my-data/").status_code == 302
    person.refresh_from_db()
    assert (person.name, person.is_active, person.has_usable_password()) == ("Erased person", False, False)
    assert Entry.objects.filter(actor=person, verb="ask to be erased").exists()
    make.make_person("Somebody else", email=ADDRESS)


def test_dry_run_writes_nothing_and_says_the_same_as_the_report(adm: Person) -> None:
    application = make.make_application(make.make_cohort(), ada())
    before = {part.what: part.count for part in parts_of_erasure(application.person)}
    assert Submission.objects.get().content["parts"]
    assert before["What you submitted"] == 1
    report = {row["what"]: row["count"] for row in erase(application.person, adm).report}
    grown = {"Entries of the journal", "The words of letters to you", "Requests to be erased"}
    assert {what: n for what, n in report.items() if what not in grown} == {
        what: n for what, n in before.items() if what not in grown
    }


def test_applicant_learns_nothing_of_reviews_from_the_dry_run() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    one = make.make_application(cohort, ada(), [stream])
    before = parts_of_erasure(one.person), kept_about(one.person)
    scholars.release(one, stream)
    type(one.offers.get()).objects.update(state="pending", released_at=None, expires_at=None)
    assert (parts_of_erasure(one.person), kept_about(one.person)) == before


def test_request_is_answered_once_and_by_somebody_else(adm: Person) -> None:
    person = ada()
    asked = ask_for_erasure(by=person)
    assert asked.due_at - asked.asked_at == timedelta(days=30)
    with pytest.raises(AlreadyAsked):
        ask_for_erasure(by=person)
    with pytest.raises(AnswerNeeded):
        refuse_erasure(request=asked, answer=" ", by=adm)
    refuse_erasure(request=asked, answer="We need it for a claim.", by=adm)
    assert "We need it for a claim." in Letter.objects.get(kind="erasure refused").text
    with pytest.raises(AlreadyAnswered):
        grant_erasure(request=asked, answer="", by=adm)
    with pytest.raises(AlreadyAnswered):
        take_back_erasure(request=asked, by=person)
    own = ask_for_erasure(by=adm)
    with pytest.raises(AlreadyAnswered):
        refuse_erasure(request=own, answer="Me.", by=adm)


def test_whoever_holds_a_role_gives_it_back_first(adm: Person) -> None:
    mira, cohort = make.make_person("Mira"), make.make_cohort()
    make.make_membership(mira, cohort, CohortRole.MENTOR, make.make_stream(cohort))
    with pytest.raises(NotNow, match="still is mentor in"):
        grant_erasure(request=ask_for_erasure(by=mira), answer="", by=adm)


def test_last_letter_goes_to_the_old_address_and_its_row_is_removed(adm: Person, mailoutbox: Any) -> None:
    erase(ada(), adm)
    assert Letter.objects.get(kind="erasure done").address == ADDRESS
    deliver_letters()
    assert not Letter.objects.filter(kind="erasure done").exists()


def test_erasure_is_done_again_after_an_old_copy_was_put_back(
    adm: Person, ledger: Path, django_capture_on_commit_callbacks: Any
) -> None:
    person = ada()
    old = Person.objects.filter(pk=person.pk).values("name", "email", "is_active").get()
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, adm)
    assert noted() == [person.code]
    assert WORD not in ledger.read_text()
    Person.objects.filter(pk=person.pk).update(**old)
    assert erase_again() == [person.code]
    assert erase_again() == []
    person.refresh_from_db()
    assert person.name == "Erased person"


def test_administrators_are_reminded_before_the_thirty_days_are_over(adm: Person) -> None:
    asked = ask_for_erasure(by=ada())
    occasions = []
    for days in (19, 21, 28, 31):
        occasions += [due.key.rpartition(":")[2] for due in waiting_due(asked.asked_at + timedelta(days=days))]
    assert occasions == ["T-10d", "T-3d", "late"]


def test_submission_may_be_emptied_and_never_rewritten() -> None:
    submission = make.make_application(make.make_cohort()).submissions.get()
    rows = Submission.objects.filter(pk=submission.pk)
    longer = {"streams": [], "parts": [{"title": "x" * 20_000, "stream": "", "answers": []}]}
    attempts: list[dict[str, Any]] = [
        {"content": {"streams": [], "parts": []}},
        {"digest": "0" * 64, "emptied_at": timezone.now()},
        {"content": longer, "emptied_at": timezone.now()},
    ]
    for changes in attempts:
        with pytest.raises(IntegrityError, match="final"), transaction.atomic():
            rows.update(**changes)
    rows.update(content={"streams": [], "parts": []}, emptied_at=timezone.now())


def test_letter_of_reference_may_be_emptied_only_whole() -> None:
    reference = make.make_reference(make.make_application(make.make_cohort()))
    letter = answer_reference(reference=reference, relationship="Teacher", text="Careful.")
    ReferenceLetter.objects.filter(pk=letter.pk).update(text="", relationship="")
    with pytest.raises(IntegrityError, match="final"):
        ReferenceLetter.objects.filter(pk=letter.pk).update(text="Careless.")


def test_command_tells_what_waits(adm: Person, capsys: Any) -> None:
    asked = ask_for_erasure(by=ada())
    call_command("erasures")
    assert asked.code in capsys.readouterr().out
    call_command("erasures", again=True)
    assert "Erased again: 0" in capsys.readouterr().out


def test_each_question_says_why_and_for_how_long(client: Any, django_assert_max_num_queries: Any) -> None:
    application = make.make_application(make.make_cohort(), ada())
    client.force_login(application.person)
    with django_assert_max_num_queries(30):
        page = client.get("/kept/").content.decode()
    assert "Question by question" in page
    assert "until you ask us to erase it" in page


def test_every_app_that_keeps_personal_data_says_how_it_is_erased() -> None:
    configs = [config for config in apps.get_app_configs() if getattr(config, "personal_data", ())]
    assert len(configs) > 8
    silent = [config.name for config in configs if not getattr(config, "erasures", ())]
    assert silent == []
