"""Two applicants: one on a phone with little time and a bad connection, and one who means harm."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Application, Document, Submission
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.questionnaires.selectors import answers_of
from tests import make
from tests.journeys.acts import ESSAY, fill_part, press, time_passes
from tests.journeys.conftest import Enter, Visitor

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "support"]), pytest.mark.timeout(600)]
SAVED = re.compile(r"✓ Saved \d\d:\d\d")
CLOSES = MilestoneKind.APPLICATIONS_CLOSE


def a_day_passes(cohort: Cohort) -> None:
    """The calendar moves, not the clock."""
    closes = Milestone.objects.get(cohort=cohort, kind=CLOSES).at
    time_passes(cohort, CLOSES, hours=-int((closes - timezone.now()).total_seconds() // 3600) + 24)


def close_in(cohort: Cohort, seconds: int) -> None:
    Milestone.objects.filter(cohort=cohort, kind=CLOSES).update(at=timezone.now() + timedelta(seconds=seconds))


def why(application: Application) -> str:
    return answers_of(application.sheet)["motivation"].text


def write_without_a_connection(visitor: Visitor, cohort: Cohort) -> None:
    """The train goes into a tunnel in the middle of a sentence, and comes out again."""
    page = visitor.open(f"/cohorts/{cohort.slug}/apply/why-this-work/")
    page.locator("textarea").fill(ESSAY[:40])
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.context.set_offline(True)
    page.locator("textarea").fill(ESSAY)
    expect(page.locator("[data-saved]")).to_contain_text("no connection")
    visitor.trouble.clear()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def write_in_two_windows(visitor: Visitor) -> None:
    """Both windows are open, the older one is written in last, and shows what the other has saved."""
    older = visitor.page
    newer = older.context.new_page()
    newer.goto(older.url)
    newer.locator("textarea").fill(f"{ESSAY} From the newer window.")
    expect(newer.locator("[data-saved]")).to_have_text(SAVED)
    newer.close()
    older.locator("textarea").fill(f"{ESSAY} From the older window.")
    expect(older.locator("[data-saved]")).to_contain_text("another window")
    press(older, "Save")
    expect(older.get_by_text("Changed in another window")).to_be_visible()
    expect(older.get_by_text("From the newer window.").first).to_be_visible()
    visitor.look_around()
    older.locator("textarea").fill(f"{ESSAY} From both windows.")
    press(older, "Save and go on")
    expect(older.get_by_role("heading", name="Your plans")).to_be_visible()


def test_applicant_on_a_phone_writes_on_three_days_and_submits_in_the_last_minute(enter: Enter) -> None:
    make.make_channels()
    cohort = make.make_cohort("Winter 2031-32")
    stream = make.make_stream(cohort, "Oversight")
    make.make_questions(cohort, stream)
    ada = make.make_person("Ada Tamati", time_zone="Pacific/Auckland")

    day_one = enter(ada, phone=True, zone="Pacific/Auckland")
    page = day_one.open(f"/cohorts/{cohort.slug}/apply/")
    press(page, "Start the application")
    page.get_by_role("link", name="About you", exact=True).tap()
    expect(page.get_by_role("heading", name="About you")).to_be_visible()
    fill_part(page)
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Why this work")).to_be_visible()
    page.context.close()
    application = Application.objects.get()

    a_day_passes(cohort)
    day_two = enter(ada, phone=True, zone="Pacific/Auckland")
    write_without_a_connection(day_two, cohort)
    assert why(application) == ESSAY
    write_in_two_windows(day_two)
    assert why(application).endswith("From both windows.")
    fill_part(day_two.page)
    press(day_two.page, "Save and go on")
    day_two.page.get_by_role("button", name="Add Oversight").tap()
    expect(day_two.page.get_by_label("Place of Oversight")).to_be_visible()
    day_two.page.context.close()

    a_day_passes(cohort)
    day_three = enter(ada, phone=True, zone="Pacific/Auckland")
    page = day_three.open("/")
    expect(page.get_by_role("heading", name="One question left, Ada")).to_be_visible()
    day_three.look_around()
    page.get_by_role("link", name="Continue", exact=False).first.tap()
    expect(page.get_by_role("heading", name="Oversight")).to_be_visible()
    fill_part(page)
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Read it through")).to_be_visible()
    close_in(cohort, 55)
    submit_in_the_last_minute(day_three, cohort, application)


def submit_in_the_last_minute(visitor: Visitor, cohort: Cohort, application: Application) -> None:
    """The page tells the instant in both zones; the receipt says what it was judged by."""
    page = visitor.open(f"/cohorts/{cohort.slug}/apply/review/")
    expect(page.get_by_text("Auckland").first).to_be_visible()
    expect(page.get_by_text("anywhere on Earth").first).to_be_visible()
    press(page, "Submit the application")
    expect(page.get_by_text("Your application is with us").first).to_be_visible()
    submission = Submission.objects.get(application=application)
    closes = Milestone.objects.get(cohort=cohort, kind=CLOSES).at
    assert submission.at < closes == submission.closes_at
    receipt = Letter.objects.get(kind="application receipt").text
    for words in (application.code, submission.digest, f"{submission.at:%Y-%m-%d %H:%M:%S} UTC"):
        assert words in receipt
    close_in(cohort, -1)
    page = visitor.open(f"/cohorts/{cohort.slug}/apply/")
    expect(page.get_by_text("With us", exact=True)).to_be_visible()
    visitor.look_around()
    page = visitor.open(f"/cohorts/{cohort.slug}/apply/why-this-work/")
    page.locator("textarea").fill("Too late")
    expect(page.locator("[data-saved]")).to_contain_text("not part of what you submitted")
    assert Submission.objects.get(application=application).content == submission.content


def post(page: Page, path: str, **typed: str) -> int:
    """Send a form that no page of ours shows, with the token of this browser; its status."""
    home = re.sub(r"(https?://[^/]+).*", r"\1", page.url)
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, **typed}
    answer = page.request.post(f"{home}{path}", form=form, headers={"Referer": page.url}, max_redirects=0)
    return answer.status


def test_applicant_who_means_harm_gets_nowhere(enter: Enter, tmp_path: Path) -> None:
    cohort = make.make_cohort("Winter 2031-32")
    ada = make.make_application(cohort, make.make_person("Ada"))
    reference = make.make_reference(ada)
    eve = make.make_application(cohort, make.make_person("Eve"), submitted=False)
    hidden = make.make_stream(make.make_cohort("Hidden", is_public=False), "Nothing for Eve")
    visitor, slug = enter(eve.person, phone=True), cohort.slug
    page = visitor.open(f"/cohorts/{slug}/apply/why-this-work/")
    before = why(eve), why(ada)

    # Other people's pages, and the staff's.
    for path in (f"applications/{ada.code}/", f"applications/{ada.code}/cv/", "applications/", "applications/export/"):
        assert page.request.get(f"{visitor.home}/cohorts/{slug}/{path}", max_redirects=0).status in (403, 404), path
    assert page.request.get(f"{visitor.home}/reference/{reference.code}/").status == 404
    for act in ("again", "take-back"):
        assert post(page, f"/cohorts/{slug}/apply/references/{reference.code}/{act}/") == 404

    # Fields that were hidden, and now say something else.
    at = f"/cohorts/{slug}/apply/why-this-work/"
    assert post(page, at, application=ada.code, revision="1", q_motivation="Mine") == 403
    assert post(page, at, revision="-1", q_motivation="Mine") == 422
    extra = {"state": "submitted", "person": str(ada.person_id), "submitted_at": "2000-01-01", "review_mean": "5"}
    assert post(page, at, revision="99", q_motivation=before[0], **extra) == 302
    assert post(page, f"/cohorts/{slug}/apply/streams/", **{f"order_{hidden.code}": "1"}) == 422
    assert post(page, f"/cohorts/{slug}/apply/review/", seen="0" * 64) == 409
    assert (why(eve), why(ada)) == before
    assert Application.objects.get(pk=eve.pk).state == "draft"
    assert not Submission.objects.filter(application=eve).exists()

    # A file that is not what it says.
    file = tmp_path / "cv.pdf"
    file.write_bytes(b"%PDF-1.7\n<script>fetch('/my-data/')</script>\n%%EOF")
    visitor.open(f"/cohorts/{slug}/apply/cv/")
    page.get_by_label("CV").set_input_files(file)
    press(page, "Add it")
    expect(page.get_by_text("This is not a PDF").first).to_be_visible()
    assert not Document.objects.exists()

    # The same submission again and again.
    page = visitor.open(reverse("applications:review", args=[slug]))
    seen = page.locator("[name=seen]").get_attribute("value") or ""
    codes = [post(page, f"/cohorts/{slug}/apply/review/", seen=seen) for _ in range(5)]
    assert set(codes) == {302}
    assert Submission.objects.filter(application=eve).count() == 1
    assert Letter.objects.filter(kind="application receipt", recipient=eve.person).count() == 1
    visitor.trouble.clear()
    visitor.open(f"/cohorts/{slug}/apply/")
    visitor.look_around()
