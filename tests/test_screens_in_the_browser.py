"""Every page of the access tables in a browser: no barrier, no wider than a phone, nothing refused by its policy."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.conftest import signed_in_client
from tests.scenarios import ROLES, World
from tests.test_access_matrix import ROWS, Row

pytestmark = [pytest.mark.django_db(transaction=True, databases="__all__"), pytest.mark.timeout(240)]
# Whose screens: those whom a page is for see most of it.
READERS = ("staff", "applicant", "mentor", "reviewer", "scholar", "admin", "nobody", "anonymous", "support")
PHONE: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
DESK: ViewportSize = {"width": 1280, "height": 860}
# Where to leave a picture of each page, for whoever wants to look at them.
PICTURES = os.environ.get("SCREENS")


def reader_of(row: Row) -> str:
    """The role in whose place the page is looked at."""
    return next((role for role in READERS if row.answers[ROLES.index(role)] == "200"), "")


def pages(site: str, part: str) -> list[tuple[Row, str]]:
    """Every address of that part of the site that shows a page to somebody, and to whom."""
    found = [(row, reader_of(row)) for row in ROWS if (row.site, part_of(row)) == (site, part) and row.method == "GET"]
    return [(row, reader) for row, reader in found if reader]


def part_of(row: Row) -> str:
    """The app that answers at the address."""
    return row.name.partition(":")[0]


PARTS = sorted({(row.site, part_of(row)) for row in ROWS if part_of(row) != "health"})


def sign_in(context: BrowserContext, world: World, role: str, home: str) -> None:
    """Be that person in this browser."""
    context.clear_cookies()
    if role == "anonymous":
        return
    client = signed_in_client(world.person(role))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": home}])


def troubles_of(page: Page, address: str) -> list[str]:
    """What is wrong with the page at that address, in words."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.set_viewport_size(PHONE)
    page.goto(address)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        wrong.append("wider than a phone")
    page.set_viewport_size(DESK)
    found = list(wrong)  # What axe itself does to the page is not the page's trouble.
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for one in Axe().run(page, options={"preload": False}).response["violations"]:
            found += [f"{scheme}, {one['id']}: {node['html'][:160]}" for node in one["nodes"]]
    return found


def picture(page: Page, name: str) -> None:
    """Leave a picture of the page, if anybody asked for pictures."""
    if PICTURES:
        for size, viewport in (("desk", DESK), ("phone", PHONE)):
            page.set_viewport_size(viewport)
            page.screenshot(path=Path(PICTURES) / f"{re.sub('[^a-z]+', '-', name)}-{size}.png", full_page=True)


@pytest.mark.parametrize(("site", "part"), PARTS, ids=[f"{site.rpartition('.')[2]}-{part}" for site, part in PARTS])
def test_no_page_has_a_barrier(context: BrowserContext, live_server: Any, settings: Any, site: str, part: str) -> None:
    settings.ROOT_URLCONF = site
    world = World()
    context.route("**/static/fonts/*", lambda route: route.fulfill(status=200, content_type="text/css", body=""))
    found: dict[str, list[str]] = {}
    for row, reader in pages(site, part):
        address = live_server.url + reverse(row.name, args=row.args(world))
        sign_in(context, world, reader, live_server.url)
        if "text/html" not in context.request.get(address).headers.get("content-type", ""):
            continue  # A file to download.
        page = context.new_page()
        if troubles := troubles_of(page, address):
            found[f"{row.name} as {reader}"] = troubles
        picture(page, f"{row.name}-{reader}")
        page.close()
    assert found == {}
