"""Snapshots: one state of the database, all or nothing, compiled by a job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import run_now
from mats_portal.jobs.states import JobState
from mats_portal.journal.models import Entry
from mats_portal.reports import services, typesetting
from mats_portal.reports.frame import Report, ReportTables
from mats_portal.reports.jobs import may_watch
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import cohorts_with_news, compiled_report, is_printed, latest_snapshot
from mats_portal.reports.services import ask_for_snapshot, ask_for_snapshots_of_open_cohorts, compile_snapshot
from mats_portal.reports.typesetting import NotPrinted
from mats_portal.web.clock import database_now
from tests.make import make_cohort, make_global_role, make_person
from tests.reports.conftest import CHANNELS, Furnish, everything

pytestmark = pytest.mark.django_db


def test_snapshot_keeps_what_the_reports_said() -> None:
    cohort, rui = make_cohort(), make_person("Rui")
    snapshot = compile_snapshot(cohort=cohort, by=rui)
    found = compiled_report(snapshot, "channels")
    assert found is not None
    assert found.tables == everything(cohort)
    assert len(snapshot.digest) == 64
    assert latest_snapshot(cohort) == snapshot
    assert Entry.objects.get().facts == {"digest": snapshot.digest}


def test_same_numbers_have_the_same_digest() -> None:
    cohort = make_cohort()
    assert compile_snapshot(cohort=cohort).digest == compile_snapshot(cohort=cohort).digest


def test_report_that_fails_leaves_the_last_snapshot_in_place(furnish: Furnish) -> None:
    def broken(cohort: Cohort) -> ReportTables:
        raise ZeroDivisionError

    cohort = make_cohort()
    before = compile_snapshot(cohort=cohort)
    furnish(CHANNELS, Report("broken", "?", broken))
    job = run_now(ask_for_snapshot(cohort=cohort, by=None))
    assert job.state == JobState.FAILED
    assert latest_snapshot(cohort) == before


@pytest.mark.django_db(transaction=True)
def test_all_reports_see_one_state_of_the_database(furnish: Furnish) -> None:
    seen = []

    def count(cohort: Cohort) -> ReportTables:
        seen.append(Cohort.objects.count())
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM cohorts_milestone")
            cursor.execute("UPDATE cohorts_cohort SET welcome = 'changed meanwhile'")
        other.close()
        seen.append(Cohort.objects.filter(welcome="changed meanwhile").count())
        return ReportTables("")

    furnish(Report("one", "?", count), Report("two", "?", count))
    compile_snapshot(cohort=make_cohort())
    assert seen == [1, 0, 1, 0]
    assert Cohort.objects.filter(welcome="changed meanwhile").exists()


@pytest.mark.django_db(transaction=True)
def test_job_compiles_prints_and_says_where_to_look() -> None:
    cohort = make_cohort()
    job = ask_for_snapshot(cohort=cohort, by=make_person("Rui"))
    assert ask_for_snapshot(cohort=cohort, by=make_person("Uma")) == job
    job = run_now(job)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    assert job.result["url"] == f"/cohorts/{cohort.slug}/reports/"
    assert is_printed(Snapshot.objects.get())


def test_snapshot_without_a_printing_is_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "CHILD", typesetting.CHILD.with_name("no such file"))
    cohort = make_cohort()
    job = run_now(ask_for_snapshot(cohort=cohort, by=None))
    assert job.state == JobState.DONE
    assert "PDF could not be made" in job.sentence
    with pytest.raises(NotPrinted):
        services.print_snapshot(snapshot=Snapshot.objects.get())


def test_statistics_are_compiled_at_night_while_they_can_change() -> None:
    open_now, old, new = make_cohort(), make_cohort(days_later=-800), make_cohort(days_later=400)
    last_year = make_cohort(days_later=-500)
    undated = make_cohort(milestones={})
    assert set(cohorts_with_news(database_now())) == {open_now, last_year}
    assert ask_for_snapshots_of_open_cohorts() == 2
    assert ask_for_snapshots_of_open_cohorts() == 2
    assert set(Job.objects.values_list("subject", flat=True)) == {open_now.slug, last_year.slug}
    assert {old, new, undated}.isdisjoint(cohorts_with_news(timezone.now() + timedelta(seconds=1)))
    assert Milestone.objects.filter(cohort=undated).count() == 0


def test_whoever_reads_the_reports_may_watch_them_compiled() -> None:
    cohort, uma = make_cohort(), make_person("Uma")
    make_global_role(uma)
    job = ask_for_snapshot(cohort=cohort, by=None)
    assert may_watch(uma, job)
    assert not may_watch(make_person("Nobody"), job)
