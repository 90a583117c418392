"""The scripts and the style guide in a real browser: nothing breaks, nothing is hard to use, nothing asks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mats_portal.web.styleguide import PARTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
PAGES = [*PARTS, "desk"]
WIDTHS = {"phone": 390, "desk": 1280, "wall": 1600}


def listen(page: Page, home: str) -> list[str]:
    """What goes wrong in the page from now on: errors, refusals of the policy, requests elsewhere, missing files."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda one: None if one.url.startswith(home) else wrong.append(one.url))
    page.on("response", lambda one: wrong.append(one.url) if one.status >= 400 else None)
    return wrong


@pytest.fixture
def guide(page: Page, live_server: Any) -> Iterator[Any]:
    """`guide("forms")` opens a part of the style guide, in which nothing may go wrong."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    # The fonts are made at set-up: a run without them has their stand-ins.
    page.route("**/static/fonts/*", lambda route: route.fulfill(status=200, content_type="text/css", body=""))

    def open_part(part: str) -> Page:
        wrong = listen(page, live_server.url)
        page.goto(f"{live_server.url}/styleguide/{part}/", wait_until="load")
        assert wrong == []
        return page

    yield open_part
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_part_of_the_guide_has_a_barrier(guide: Any, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for part in PAGES:
        guide(part)
        found = Axe().run(page, options={"preload": False}).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], part


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_part_of_the_guide_is_wider_than_the_screen(guide: Any, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    for part in PAGES:
        guide(part)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, part


def test_keys_score_and_go_on(guide: Any) -> None:
    page = guide("desk")
    page.locator("body").press("3")
    page.keyboard.press("5")
    expect(page.locator("input[name=hard]:checked")).to_have_value("3")
    expect(page.locator("input[name=motivation]:checked")).to_have_value("5")
    page.keyboard.press("c")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("4")
    expect(page.locator("textarea")).to_have_value("4")


def test_anchor_of_the_chosen_score_is_read(guide: Any) -> None:
    page = guide("desk")
    anchors = page.get_by_text("has carried a comparable piece of work to the end alone")
    expect(anchors.nth(0)).to_be_visible()
    expect(anchors.nth(1)).to_be_hidden()


def test_order_follows_buttons_and_numbers(guide: Any) -> None:
    page = guide("forms")
    names = page.locator("[data-reorder-item] .stream")
    expect(names).to_have_text(["Interp A", "Oversight B", "Agent fnd"])
    page.get_by_role("button", name="Move Agent fnd up").click()
    expect(names).to_have_text(["Interp A", "Agent fnd", "Oversight B"])
    page.get_by_label("Place of Interp A").fill("3")
    page.keyboard.press("Tab")
    expect(names).to_have_text(["Agent fnd", "Oversight B", "Interp A"])
    assert [field.input_value() for field in page.locator("[data-order]").all()] == ["1", "2", "3"]


def test_rows_are_walked_by_keys(guide: Any) -> None:
    page = guide("lists")
    page.locator("body").press("j")
    page.keyboard.press("j")
    expect(page.locator("tr[data-cursor] .title a")).to_have_text("Tomás Oliveira")
    page.keyboard.press("k")
    expect(page.locator("tr[data-cursor] .title a")).to_be_focused()


def test_ticked_rows_are_counted(guide: Any) -> None:
    page = guide("lists")
    page.get_by_label("All", exact=True).check()
    expect(page.locator("[data-selection-count]")).to_have_text("3")


def test_words_are_counted_as_the_server_counts_them(guide: Any) -> None:
    page = guide("forms")
    page.locator("#id_fresh-why").fill("Zwei  Wörter,\n\nund … zwei")
    expect(page.locator('[data-count-for="id_fresh-why"]')).to_have_text("5 of 400 words")


def test_question_mark_shows_the_keys_and_escape_hides_them(guide: Any) -> None:
    page = guide("lists")
    page.locator("body").press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next and previous row")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_menu_closes_on_escape(guide: Any) -> None:
    page = guide("lists")
    page.get_by_text("Add filter").click()
    expect(page.get_by_label("Status")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Status")).to_be_hidden()
