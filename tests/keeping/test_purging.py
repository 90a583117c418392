"""Sensitive answers of those who were not chosen go on their day; the figures made of them stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from applications.selectors import applications_visible_to
from applications.table import ApplicationFilters
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import run_now
from mats_portal.keeping.models import PurgeRun
from mats_portal.keeping.reminders import purge_soon
from mats_portal.keeping.selectors import parts_of_purge, purge_due_at
from mats_portal.keeping.services import NothingToPurge, PurgeTooEarly, ask_for_due_purges, ask_for_purge, purge_cohort
from mats_portal.questionnaires.models import Answer
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind, Retention
from mats_portal.reports.models import Snapshot
from tests import make
from tests.conftest import SignIn
from tests.scholars import world as scholars

pytestmark = pytest.mark.django_db
DUE = MilestoneKind.SENSITIVE_REMOVED
GENDERS = ("a woman", "a man", "neither")
QUESTIONS = [
    QuestionSpec("gender", QuestionKind.SINGLE, "How do you describe yourself?", options=GENDERS, is_sensitive=True),
    QuestionSpec("health", QuestionKind.LONG, "What do you need?", retention=Retention.UNSUCCESSFUL),
    QuestionSpec("why", QuestionKind.LONG, "Why?"),
]


@pytest.fixture
def cohort() -> Cohort:
    """Six applied; one of them was chosen; the day on which sensitive answers go was yesterday."""
    made = make.make_cohort()
    make.make_questions(made, questions=QUESTIONS)
    stream = make.make_stream(made)
    for number in range(5):
        make.make_application(made, make.make_person(f"Ada {number}"), [stream])
    scholars.make_mentor(stream)
    scholars.accept(scholars.release(make.make_application(made, make.make_person("Sam"), [stream]), stream))
    put_off(made, timedelta(days=-1))
    return made


def put_off(cohort: Cohort, by: timedelta) -> None:
    at = timezone.now() + by
    Milestone.objects.update_or_create(cohort=cohort, kind=DUE, defaults={"at": at})


def said(application: Application) -> dict[str, Any]:
    parts = application.submissions.order_by("-number")[0].content["parts"]
    return {
        answer["key"]: answer["text"] or " ".join(answer["choices"]) for part in parts for answer in part["answers"]
    }


def test_sensitive_answers_of_those_not_chosen_go_and_nothing_else(cohort: Cohort) -> None:
    sam = Application.objects.get(person__name="Sam")
    before = said(sam)
    run = purge_cohort(cohort=cohort, by=None)
    assert (run.people, run.answers) == (5, 5 * 2 * 2)  # submitted and in the draft
    for application in Application.objects.exclude(pk=sam.pk):
        assert said(application) == {"gender": "", "health": "", "why": "What I think: why."}
        assert application.submissions.get().emptied_at is not None
        assert [answer.question.key for answer in Answer.objects.filter(sheet=application.sheet)] == ["why"]
    assert said(sam) == before
    assert before["gender"] == "a woman"


def test_figures_are_made_before_and_small_ones_are_not_kept(cohort: Cohort) -> None:
    run = purge_cohort(cohort=cohort, by=None)
    assert run.tallies == [
        {"question": "How do you describe yourself?", "answered": 6, "counts": {"a woman": 6}},
        {"question": "What do you need?", "answered": 6, "counts": {}},
    ]
    assert Snapshot.objects.filter(cohort=cohort).count() == 1
    few = make.make_cohort()
    make.make_questions(few, questions=QUESTIONS)
    make.make_application(few)
    put_off(few, timedelta(days=-1))
    assert purge_cohort(cohort=few, by=None).tallies[0]["counts"] == {"a woman": None}


@pytest.mark.parametrize(("days", "goes"), [(-1, True), (0, True), (1, False)])
def test_nothing_goes_before_its_day(cohort: Cohort, days: int, goes: bool) -> None:
    put_off(cohort, timedelta(days=days))
    assert ask_for_due_purges() == int(goes)
    if not goes:
        with pytest.raises(PurgeTooEarly), transaction.atomic():
            purge_cohort(cohort=cohort, by=None)


def test_usual_day_is_a_year_after_answers_are_due_and_without_dates_nothing_goes() -> None:
    answers_due = timezone.now()
    cohort = make.make_cohort(milestones={MilestoneKind.ANSWERS_DUE: answers_due})
    assert purge_due_at(cohort) == answers_due + timedelta(days=365)
    assert purge_due_at(make.make_cohort(milestones={})) is None


def test_schedule_does_it_once_and_the_job_says_so(cohort: Cohort) -> None:
    assert ask_for_due_purges() == 1
    job = run_now(Job.objects.get())
    assert job.sentence == "Purged 5; totals kept."
    assert ask_for_due_purges() == 0
    with pytest.raises(NothingToPurge):
        ask_for_purge(cohort=cohort, by=None)


def test_what_went_is_found_by_nobody_any_more(cohort: Cohort) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    rows = applications_visible_to(rui).in_cohort(cohort)

    def found() -> int:
        return ApplicationFilters({"q": "neither woman"}, streams=[]).narrow(rows).count()

    purge_cohort(cohort=cohort, by=None)
    assert found() == 0


def test_command_tells_first_and_then_does_it(cohort: Cohort, capsys: Any) -> None:
    call_command("purge", dry_run=True)
    told = capsys.readouterr().out
    assert "5  “How do you describe yourself?”" in told
    assert not PurgeRun.objects.exists()
    call_command("purge", cohort=cohort.slug)
    assert capsys.readouterr().out == f"{cohort.slug}: purged 5; totals kept\n"
    assert parts_of_purge(cohort) == []


def test_staff_are_reminded_two_weeks_before(cohort: Cohort) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    put_off(cohort, timedelta(days=20))
    now = timezone.now()
    assert list(purge_soon(now)) == []
    assert [due.person for due in purge_soon(now + timedelta(days=7))] == [rui]
    assert list(purge_soon(now + timedelta(days=21))) == []


def test_page_shows_the_dry_run_then_the_totals(cohort: Cohort, sign_in: SignIn) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    client, url = sign_in(rui), reverse("keeping:sensitive", args=[cohort.slug])
    page = client.get(url).content.decode()
    assert "“What do you need?”" in page
    assert "What I think: health" not in page
    client.post(url)
    run_now(Job.objects.get())
    assert "purged 5" in client.get(url).content.decode()
    assert client.post(url).status_code == 409
