"""Writing on a bad day: no connection, signed out, two windows, somebody else at the same browser. No word is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from applications.models import Application
from applications.services import choose_streams
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import AnswerFile
from mats_portal.questionnaires.selectors import answers_of
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.applications import pdfs
from tests.conftest import signed_in_client

pytestmark = pytest.mark.django_db(transaction=True)
ESSAY = "I would look for the case in which the test must fail."
SAVED = re.compile(r"✓ Saved \d\d:\d\d")


@pytest.fixture
def draft() -> Application:
    """Ada's draft, everything answered."""
    return make.make_application(make.make_cohort(), submitted=False)


@pytest.fixture
def sign_in_here(context: BrowserContext, live_server: Any) -> Callable[[Person], None]:
    """`sign_in_here(person)` makes the browser theirs, as signing in on another page of it does."""
    context.route("**/static/fonts/*", lambda route: route.fulfill(status=200, content_type="text/css", body=""))

    def sign_in(person: Person) -> None:
        context.clear_cookies()
        key = signed_in_client(person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])

    return sign_in


@pytest.fixture
def open_part(context: BrowserContext, live_server: Any, draft: Application, sign_in_here: Any) -> Callable[[], Page]:
    """`open_part()` opens a window of Ada's with the part that asks why."""
    sign_in_here(draft.person)

    def open_window() -> Page:
        page = context.new_page()
        page.goto(f"{live_server.url}/cohorts/{draft.cohort.slug}/apply/why-this-work/")
        return page

    return open_window


def kept(application: Application) -> str:
    return answers_of(Application.objects.get(pk=application.pk).sheet)["motivation"].text


def test_text_typed_without_a_connection_stays_is_said_and_is_saved_when_there_is_one(
    context: BrowserContext, draft: Application, open_part: Any
) -> None:
    page = open_part()
    context.set_offline(True)
    page.locator("textarea").fill(ESSAY)
    expect(page.locator("[data-saved]")).to_contain_text("no connection")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("[data-saved]")).to_contain_text("no connection")
    assert page.url.endswith("/why-this-work/")
    expect(page.locator("textarea")).to_have_value(ESSAY)
    assert kept(draft) != ESSAY
    context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert kept(draft) == ESSAY
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_url(re.compile("/your-plans/"))


def test_page_of_somebody_signed_out_saves_once_they_are_signed_in_again(
    context: BrowserContext, draft: Application, open_part: Any, sign_in_here: Any, live_server: Any
) -> None:
    page = open_part()
    context.clear_cookies()
    page.locator("textarea").fill(ESSAY)
    expect(page.locator("[data-saved]")).to_contain_text("signed out")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("[data-saved]")).to_contain_text("signed out")
    sign_in_here(draft.person)
    other = context.new_page()
    other.goto(f"{live_server.url}/")
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert kept(draft) == ESSAY
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_url(re.compile("/your-plans/"))


def test_text_that_was_not_saved_is_back_after_the_page_was_thrown_away(
    context: BrowserContext, draft: Application, open_part: Any, sign_in_here: Any
) -> None:
    page = open_part()
    address = page.url
    context.clear_cookies()
    page.locator("textarea").fill(ESSAY)
    expect(page.locator("[data-saved]")).to_contain_text("signed out")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    assert "/login/" in page.url
    sign_in_here(draft.person)
    page.goto(address)
    expect(page.locator("textarea")).to_have_value(ESSAY)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert kept(draft) == ESSAY
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('unsaved'))") == []


def test_two_windows_never_overwrite_each_other_and_the_older_shows_both(draft: Application, open_part: Any) -> None:
    first, second = open_part(), open_part()
    first.locator("textarea").fill("A test that nobody can fail tells us nothing.")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    second.locator("textarea").fill("A test that nobody can fail tells us who wrote it.")
    expect(second.locator("[data-saved]")).to_contain_text("another window")
    assert kept(draft) == "A test that nobody can fail tells us nothing."
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("Changed in another window")).to_be_visible()
    second.get_by_text("Word by word").click()
    expect(second.locator(".changes del")).to_have_text("nothing")
    expect(second.locator(".changes ins")).to_have_text("who wrote it")
    expect(second.locator("textarea")).to_have_value("A test that nobody can fail tells us who wrote it.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("is saved")).to_be_visible()
    assert kept(draft).endswith("who wrote it.")


def test_page_of_somebody_who_was_here_before_writes_nothing_into_the_readers_own(
    draft: Application, open_part: Any, sign_in_here: Any
) -> None:
    bea = make.make_application(draft.cohort, make.make_person("Bea"), submitted=False)
    before = kept(bea)
    page = open_part()
    sign_in_here(bea.person)
    page.locator("textarea").fill(ESSAY)
    expect(page.locator("[data-saved]")).to_contain_text("signed in as Bea")
    assert (kept(bea), kept(draft) == ESSAY) == (before, False)
    expect(page.locator("textarea")).to_have_value(ESSAY)
    page.goto(page.url)
    expect(page.locator("textarea")).to_have_value(before)


def test_list_of_streams_is_not_overwritten_from_an_older_window(
    context: BrowserContext, draft: Application, sign_in_here: Any, live_server: Any
) -> None:
    first = draft.choices.get().stream
    second, third = make.make_stream(draft.cohort, "Second"), make.make_stream(draft.cohort, "Third")
    choose_streams(application=draft, codes=[first.code, second.code], by=draft.person)
    sign_in_here(draft.person)
    page = context.new_page()
    page.goto(f"{live_server.url}/cohorts/{draft.cohort.slug}/apply/streams/")
    page.get_by_role("button", name=f"Move {first.name} down").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.get_by_role("button", name=f"Move {first.name} up").click()
    expect(page.locator("[name=seen]")).to_have_value(f"{first.code} {second.code}")
    choose_streams(application=draft, codes=[third.code], by=draft.person)
    page.get_by_role("button", name=f"Move {first.name} down").click()
    expect(page.locator("[data-saved]")).to_contain_text("changed in another window")
    assert [choice.stream for choice in draft.choices.filter(rank__isnull=False)] == [third]
    page.get_by_role("button", name="Save the order").click()
    expect(page.get_by_label("Place of Third")).to_be_visible()
    assert [choice.stream for choice in draft.choices.filter(rank__isnull=False)] == [third]


def test_file_goes_with_the_button_alone_and_the_enter_key_takes_none_out(
    context: BrowserContext, live_server: Any, sign_in_here: Any, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"
    (tmp_path / "work.pdf").write_bytes(pdfs.plain())
    (tmp_path / "page.pdf").write_bytes(b"<html>")
    cohort = make.make_cohort()
    make.make_questions(cohort, questions=[make.FILE_QUESTION, QuestionSpec("line", QuestionKind.SHORT, "In a line?")])
    application = make.make_application(cohort, submitted=False)
    sign_in_here(application.person)
    page = context.new_page()
    page.goto(f"{live_server.url}/cohorts/{cohort.slug}/apply/questions/")
    chooser, line = page.locator("[type=file]"), page.get_by_label("In a line?")
    save = page.get_by_role("button", name="Save", exact=True)
    chooser.set_input_files(tmp_path / "page.pdf")
    line.fill("Typed beside a file")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert not AnswerFile.objects.exists(), "a pause sends no file"
    save.click()
    expect(page.locator(".field-error")).to_contain_text("This is not a PDF that can be opened.")
    expect(line).to_have_value("Typed beside a file")
    chooser.set_input_files(tmp_path / "work.pdf")
    save.click()
    expect(page.get_by_role("link", name="work.pdf")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    line.press("Enter")
    expect(page).not_to_have_url(re.compile("/questions/$"))
    assert AnswerFile.objects.get().name == "work.pdf"
