"""CVs, files, letters and gate answers of those who were not chosen go on the day; the chosen keep theirs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from applications.invariants import INVARIANTS
from applications.models import Application, Document, EligibilityCheck, ReferenceLetter
from applications.selectors import letters_about, readable_parts
from applications.services import answer_reference, attach_answer_file, attach_document, submit_application
from applications.services.eligibility import answer_eligibility, let_through
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.keeping.selectors import cohorts_to_purge, parts_of_purge
from mats_portal.keeping.services import purge_cohort
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import AnswerFile, AnswerSheet
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.applications import pdfs
from tests.scholars import world as scholars

pytestmark = pytest.mark.django_db
QUESTIONS = [
    QuestionSpec("work", QuestionKind.FILE, "Your work", is_required=False),
    QuestionSpec("why", QuestionKind.LONG, "Why?"),
]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cohort() -> Cohort:
    """Ada and Sam sent a CV, a file and a letter each, Sam was chosen; yesterday was the day."""
    made = make.make_cohort()
    make.make_questions(made, questions=QUESTIONS)
    stream = make.make_stream(made)
    scholars.make_mentor(stream)
    for name in ("Ada", "Sam"):
        with_papers(make.make_application(made, make.make_person(name), [stream]))
    scholars.accept(scholars.release(of("Sam"), stream))
    Milestone.objects.create(cohort=made, kind=MilestoneKind.SENSITIVE_REMOVED, at=timezone.now() - timedelta(days=1))
    return made


def with_papers(application: Application) -> None:
    person = application.person
    attach_document(application=application, name="cv.pdf", content=pdfs.plain(), by=person)
    work = {"key": "work", "name": "work.pdf", "content": pdfs.plain()}
    attach_answer_file(application=application, choice=None, by=person, **work)  # type: ignore[arg-type]
    submit_application(application=application, by=person)
    answer_reference(reference=make.make_reference(application), relationship="Her teacher", text="She is careful.")


def of(name: str) -> Application:
    return Application.objects.get(person__name=name)


def staff(cohort: Cohort) -> Person:
    return make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person


def stop(cohort: Cohort, name: str, word: str = "No") -> EligibilityCheck:
    return answer_eligibility(cohort=cohort, values={"adult": word}, by=make.make_person(name))


def counts(cohort: Cohort) -> dict[str, int]:
    return {part.what: part.count for part in parts_of_purge(cohort)}


def test_papers_of_those_not_chosen_go_and_those_of_the_chosen_stay(
    cohort: Cohort, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    rui = staff(cohort)
    assert counts(cohort) == {
        "People who were not chosen, with answers that go": 1,
        "“Your work”": 1,
        "The same in drafts": 1,
        "CVs of people who were not chosen": 1,
        "Letters of reference about them": 1,
    }
    with django_capture_on_commit_callbacks(execute=True):
        run = purge_cohort(cohort=cohort, by=None)
    assert (run.people, run.answers) == (1, 4)
    assert [document.application for document in Document.objects.all()] == [of("Sam")]
    assert [file.sheet.person.name for file in AnswerFile.objects.all()] == ["Sam"]
    assert len([path for path in files.rglob("*") if path.is_file()]) == 2
    assert letters_about(of("Ada"), rui) == []
    assert [letter.text for letter in letters_about(of("Sam"), rui)] == ["She is careful."]
    for name, is_kept in (("Ada", False), ("Sam", True)):
        submission = of(name).submissions.first()
        assert submission is not None
        assert ("cv.pdf" in str(submission.content), "work.pdf" in str(submission.content)) == (is_kept, is_kept)
        assert "What I think: why." in str(readable_parts(of(name), rui)), "the rest stays"
    assert parts_of_purge(cohort) == []
    assert not [fault for invariant in INVARIANTS for fault in invariant.find()]


def test_figures_of_papers_are_kept_without_small_numbers(cohort: Cohort) -> None:
    stream = cohort.streams.get()
    for number in range(4):
        with_papers(make.make_application(cohort, make.make_person(f"Bo {number}"), [stream]))
    tallies = {tally["question"]: tally["answered"] for tally in purge_cohort(cohort=cohort, by=None).tallies}
    assert tallies == {"Your work": 6, "CV": 6, "Letter of reference": 6}
    assert ReferenceLetter.objects.exclude(text="").count() == 1


def test_gate_answers_that_stopped_somebody_go_and_the_others_stay() -> None:
    cohort = make.make_cohort()
    make.make_gate(cohort)
    for number in range(5):
        stop(cohort, f"Stopped {number}")
    stop(cohort, "Passed", "Yes")
    let = stop(cohort, "Let through")
    let_through(check=let, reason="18 on the third day", by=staff(cohort))
    at = timezone.now() - timedelta(days=1)
    Milestone.objects.create(cohort=cohort, kind=MilestoneKind.SENSITIVE_REMOVED, at=at)
    assert counts(cohort) == {"People whom the eligibility questions stopped, with their answers": 5}
    run = purge_cohort(cohort=cohort, by=None)
    assert (run.people, run.answers) == (5, 5)
    assert run.tallies == [{"question": "Will you be 18 by then?", "answered": 5, "counts": {"No": 5}}]
    assert sorted(check.person.name for check in EligibilityCheck.objects.all()) == ["Let through", "Passed"]
    assert AnswerSheet.objects.count() == 2
    assert parts_of_purge(cohort) == []


def test_nothing_goes_before_the_day(cohort: Cohort) -> None:
    Milestone.objects.filter(kind=MilestoneKind.SENSITIVE_REMOVED).update(at=timezone.now() + timedelta(days=2))
    assert cohorts_to_purge(timezone.now()) == []
