"""Pages of reports: for the cohort's staff and administrators, from the latest snapshot."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.jobs.models import Job
from mats_portal.journal.models import Entry
from mats_portal.people.models import Person
from mats_portal.reports import typesetting
from mats_portal.reports.erasing import ERASURE, kept
from mats_portal.reports.frame import Report
from mats_portal.reports.models import Remark
from mats_portal.reports.privacy import personal_data
from mats_portal.reports.services import compile_snapshot, remark_on_report
from tests.conftest import SignIn
from tests.make import make_cohort, make_global_role, make_membership, make_person
from tests.reports.conftest import Furnish, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort."""
    return make_cohort()


@pytest.fixture
def staff(cohort: Cohort, sign_in: SignIn) -> Client:
    """The browser of its staff."""
    rui = make_person("Rui")
    make_membership(rui, cohort, CohortRole.STAFF)
    return sign_in(rui)


def test_questions_stand_with_their_answers(staff: Client, cohort: Cohort) -> None:
    address = reverse("reports:reports", args=[cohort.slug])
    assert "Nothing compiled yet" in staff.get(address).content.decode()
    snapshot = compile_snapshot(cohort=cohort)
    page = staff.get(address).content.decode()
    assert "How did people hear of us?" in page
    assert "31 % of 381" in page
    assert f"hash {snapshot.digest[:8]}" in page


def test_report_shows_numbers_with_their_doubt_and_definition(staff: Client, cohort: Cohort) -> None:
    compile_snapshot(cohort=cohort)
    page = staff.get(reverse("reports:report", args=[cohort.slug, "channels"])).content.decode()
    for words in (
        "<h1>How did people hear of us?</h1>",
        "31 % · 27–36",
        "90 % of the step before · 86–92",
        "under 5",
        "Each form counts once for each channel.",
        "How this is counted",
        "PhD student",
        "7.1, between 6.8 and 7.4",
        "too few to say",
        "Seats as set today.",
    ):
        assert words in page
    assert "style=" not in page


def test_remark_stands_below_the_report_and_in_the_journal(staff: Client, cohort: Cohort) -> None:
    snapshot = compile_snapshot(cohort=cohort)
    address = reverse("reports:report", args=[cohort.slug, "channels"])
    sent = {"digest": snapshot.digest, "text": "Nobody asked <b>the blanks</b>."}
    assert staff.post(address, sent).url == f"{address}#remarks"  # type: ignore[attr-defined]
    staff.post(address, sent)
    page = staff.get(address).content.decode()
    assert page.count("Nobody asked &lt;b&gt;the blanks&lt;/b&gt;.") == 1
    assert f"on the snapshot {snapshot.digest[:8]}" in page
    assert Entry.objects.filter(verb="remark on report").count() == 1
    elsewhere = make_cohort()
    make_membership(Person.objects.get(name="Rui"), elsewhere, CohortRole.STAFF)
    compile_snapshot(cohort=elsewhere)
    assert "Nobody has said" in staff.get(reverse("reports:report", args=[elsewhere.slug, "channels"])).content.decode()


def test_remark_that_cannot_be_kept_stays_in_the_form(staff: Client, cohort: Cohort) -> None:
    snapshot = compile_snapshot(cohort=cohort)
    address = reverse("reports:report", args=[cohort.slug, "channels"])
    page = staff.post(address, {"digest": snapshot.digest, "text": "long " * 2_000}).content.decode()
    assert "long long" in page
    assert not Remark.objects.exists()


def test_remarks_are_a_persons_own_data() -> None:
    rui, cohort = make_person("Rui"), make_cohort(name="Winter")
    remark_on_report(cohort=cohort, report="channels", digest="0" * 64, text="Too few.", by=rui)
    assert [one["text"] for one in personal_data(rui)["remarks"]] == ["Too few."]
    assert personal_data(make_person("Nobody")) == {"remarks": []}


def test_remarks_go_when_a_person_is_erased() -> None:
    rui, sam = make_person("Rui"), make_person("Sam")
    for by in (rui, sam):
        remark_on_report(cohort=make_cohort(), report="channels", digest="0" * 64, text="Too few.", by=by)
    assert [(part.what, part.count) for part in ERASURE.preview(rui)] == [("Remarks on reports", 1)]
    assert [one.what for one in kept(rui)] == ["Your remarks on reports"]
    ERASURE.erase(rui)
    assert [one.by for one in Remark.objects.all()] == [sam]
    assert kept(rui) == []


def test_report_asks_as_much_for_three_remarks_as_for_thirty(
    staff: Client, cohort: Cohort, django_assert_max_num_queries: Any
) -> None:
    snapshot = compile_snapshot(cohort=cohort)
    counts = []
    for number in (3, 27):
        for one in range(number):
            text = f"{number}: {one}"
            by = make_person("Mira")
            remark_on_report(cohort=cohort, report="channels", digest=snapshot.digest, text=text, by=by)
        with django_assert_max_num_queries(12) as asked:
            staff.get(reverse("reports:report", args=[cohort.slug, "channels"]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["no-such-report", "snapshots", "compile"])
def test_report_that_is_not_there_is_not_found(staff: Client, cohort: Cohort, name: str) -> None:
    compile_snapshot(cohort=cohort)
    assert staff.get(f"/cohorts/{cohort.slug}/reports/{name}/").status_code in {404, 405}


def test_compile_leads_to_the_job_and_joins_the_one_at_work(staff: Client, cohort: Cohort) -> None:
    address = reverse("reports:compile", args=[cohort.slug])
    first = staff.post(address)
    assert staff.post(address).url == first.url == Job.objects.get().get_absolute_url()  # type: ignore[attr-defined]
    assert "Being compiled" in staff.get(reverse("reports:reports", args=[cohort.slug])).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_snapshot_is_downloaded_under_a_clean_name(staff: Client, cohort: Cohort, form: str) -> None:
    snapshot = compile_snapshot(cohort=cohort)
    file = staff.get(reverse("reports:export", args=[cohort.slug, snapshot.code, form]))
    name = f"{cohort.slug}-report-{snapshot.compiled_at:%Y-%m-%d}.{form}"
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="export report", facts={"format": form}).count() == 1


def test_snapshot_in_another_form_or_of_another_cohort_is_not_found(staff: Client, cohort: Cohort) -> None:
    own, other = compile_snapshot(cohort=cohort), compile_snapshot(cohort=make_cohort())
    assert staff.get(reverse("reports:export", args=[cohort.slug, own.code, "exe"])).status_code == 404
    assert staff.get(reverse("reports:export", args=[cohort.slug, other.code, "csv"])).status_code == 404


def test_pdf_that_cannot_be_made_is_a_sentence(staff: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "CHILD", typesetting.CHILD.with_name("no such file"))
    snapshot = compile_snapshot(cohort=cohort)
    page = staff.get(reverse("reports:export", args=[cohort.slug, snapshot.code, "pdf"]), follow=True)
    assert "The PDF could not be made this time." in page.content.decode()


def test_staff_of_another_cohort_are_told_who_could(sign_in: SignIn, cohort: Cohort) -> None:
    other = make_person("Ria")
    make_membership(other, make_cohort(), CohortRole.STAFF)
    assert sign_in(other).get(reverse("reports:reports", args=[cohort.slug])).status_code == 403
    Cohort.objects.update(is_public=False)
    assert sign_in(other).get(reverse("reports:reports", args=[cohort.slug])).status_code == 404


def test_administrator_reads_reports(sign_in: SignIn, cohort: Cohort) -> None:
    uma = make_person("Uma")
    make_global_role(uma)
    assert sign_in(uma).get(reverse("reports:reports", args=[cohort.slug])).status_code == 200


def test_pages_ask_as_often_for_thirty_reports_as_for_three(
    staff: Client, cohort: Cohort, furnish: Furnish, django_assert_max_num_queries: Any
) -> None:
    asked = []
    for count in (3, 30):
        furnish(*(Report(f"report-{number}", "?", everything) for number in range(count)))
        compile_snapshot(cohort=cohort)
        for address in (
            reverse("reports:reports", args=[cohort.slug]),
            reverse("reports:report", args=[cohort.slug, "report-1"]),
        ):
            with django_assert_max_num_queries(12) as captured:
                staff.get(address)
            asked.append(len(captured))
    assert asked[:2] == asked[2:]
