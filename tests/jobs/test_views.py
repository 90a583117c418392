"""The page of a job: its asker sees it, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from mats_portal.jobs import kinds
from mats_portal.jobs.kinds import JobKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import start_job
from mats_portal.jobs.states import JobState
from mats_portal.web import furnishing
from tests.conftest import SignIn
from tests.make import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(job: Job, progress: Any) -> dict[str, Any]:
        return {}

    furnished = (
        JobKind("count", nothing, "Counting"),
        JobKind("shared", nothing, "Counting", may_watch=lambda person, job: person.name == "Rui"),
    )
    given = furnishing.furnishings
    monkeypatch.setattr(kinds, "furnishings", lambda kind: furnished if kind == "jobs" else given(kind))


def test_asker_sees_the_counts_and_then_the_result(sign_in: SignIn) -> None:
    ada = make_person()
    job, browser = start_job(by=ada, kind="count"), sign_in(ada)
    assert "Waiting for its turn" in browser.get(job.get_absolute_url()).content.decode()
    Job.objects.update(state=JobState.RUNNING, done=12, total=30, step="counting")
    page = browser.get(job.get_absolute_url()).content.decode()
    assert "12 of 30" in page
    assert "hx-trigger" in page
    result = {"url": "/counted/", "label": "Look"}
    Job.objects.update(state=JobState.DONE, sentence="Counted.", result=result)
    page = browser.get(job.get_absolute_url()).content.decode()
    assert 'href="/counted/"' in page
    assert "hx-trigger" not in page


def test_job_that_failed_says_what_to_do(sign_in: SignIn) -> None:
    ada = make_person()
    job = start_job(by=ada, kind="count")
    Job.objects.update(state=JobState.FAILED, sentence="Come back later.")
    assert "Come back later." in sign_in(ada).get(job.get_absolute_url()).content.decode()


def test_htmx_gets_the_middle_of_the_page_alone(sign_in: SignIn) -> None:
    ada = make_person()
    job = start_job(by=ada, kind="count")
    page = sign_in(ada).get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert page.strip().startswith("<div")


def test_job_of_somebody_else_is_not_there(sign_in: SignIn) -> None:
    ada, rui = make_person(), make_person("Rui")
    private, shared = start_job(by=ada, kind="count"), start_job(by=ada, kind="shared")
    assert sign_in(rui).get(private.get_absolute_url()).status_code == 404
    assert sign_in(rui).get(shared.get_absolute_url()).status_code == 200
    assert sign_in(make_person("Nobody")).get(shared.get_absolute_url()).status_code == 404
