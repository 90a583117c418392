"""Saving while writing: the mark tells the truth, whatever the server answers, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

FORM = """<!doctype html><title>Form</title><script type="module" src="/static/js/portal.js"></script>
<form method="post" data-autosave-url="/save/"><input type="hidden" name="revision" value="6" data-version>
<textarea name="why"></textarea><span data-saved></span></form>"""


@pytest.fixture
def form(page: Page, live_server: Any) -> Callable[..., list[dict[str, str]]]:
    """`form(answer)` opens a form that the server answers so when it is saved; returns what was sent, as it comes."""

    def open_with(answer: Callable[[Route], None]) -> list[dict[str, str]]:
        sent: list[dict[str, str]] = []

        def save(route: Route) -> None:
            body = route.request.post_data or ""
            sent.append({"body": body, "accept": route.request.headers["accept"]})
            answer(route)

        page.route("**/form/", lambda route: route.fulfill(content_type="text/html", body=FORM))
        page.route("**/save/", save)
        page.goto(f"{live_server.url}/form/")
        return sent

    return open_with


def write(page: Page, text: str = "Because.") -> Any:
    """Type, and return the saved mark."""
    page.locator("textarea").fill(text)
    return page.locator("[data-saved]")


def test_mark_shows_the_time_of_the_server_and_the_next_save_goes_on_from_there(form: Any, page: Page) -> None:
    sent = form(lambda route: route.fulfill(json={"saved_at": "14:02", "version": 7}))
    mark = write(page)
    expect(mark).to_have_text("✓ Saved 14:02")
    assert "Because." in sent[0]["body"]
    assert sent[0]["accept"] == "application/json"
    expect(page.locator("[name=revision]")).to_have_value("7")


def test_nothing_is_sent_before_something_was_typed(form: Any, page: Page) -> None:
    sent = form(lambda route: route.fulfill(json={"saved_at": "14:02"}))
    expect(page.locator("[data-saved]")).to_have_text("")
    assert sent == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda route: route.abort(), "Not saved yet: no connection"),
        (lambda route: route.fulfill(status=500, body="<h1>"), "Not saved. Trying again soon."),
        (
            lambda route: route.fulfill(status=409, json={"sentence": "Changed in another tab."}),
            "Changed in another tab.",
        ),
        (lambda route: route.fulfill(status=413, body=""), "Too long to save."),
    ],
    ids=["offline", "broken", "changed elsewhere", "too long"],
)
def test_what_was_not_saved_is_said_and_kept(form: Any, page: Page, answer: Any, words: str) -> None:
    form(answer)
    expect(write(page)).to_contain_text(words)
    expect(page.locator("textarea")).to_have_value("Because.")
    expect(page.locator("[name=revision]")).to_have_value("6")


def test_coming_back_online_saves_at_once(form: Any, page: Page) -> None:
    answers = [lambda route: route.abort(), lambda route: route.fulfill(json={"saved_at": "14:05", "version": 7})]
    form(lambda route: answers.pop(0)(route))
    mark = write(page)
    expect(mark).to_contain_text("no connection")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(mark).to_have_text("✓ Saved 14:05")


def test_form_changed_elsewhere_is_not_sent_again(form: Any, page: Page) -> None:
    sent = form(lambda route: route.fulfill(status=409, json={"sentence": "Changed in another tab."}))
    mark = write(page)
    expect(mark).to_have_text("Changed in another tab.")
    write(page, "Because, and more.")
    page.wait_for_timeout(2000)
    assert len(sent) == 1


def test_form_sent_while_it_is_being_saved_waits_for_the_version(form: Any, page: Page) -> None:
    held: list[Route] = []
    form(held.append)
    with page.expect_request("**/save/"):
        write(page)
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.evaluate("document.querySelector('form').requestSubmit()")
    with page.expect_request(lambda request: request.url.endswith("/form/") and request.method == "POST") as posted:
        held[0].fulfill(json={"saved_at": "14:02", "version": 7})
    assert "revision=7" in (posted.value.post_data or "")
    assert posted.value.response(), "a page that is left half way may keep its browser from closing"
    assert len(held) == 1
