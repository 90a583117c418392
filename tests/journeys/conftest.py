"""A browser for each person of a journey, and what is asked of every page on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from mats_portal.people.models import Person
from tests.conftest import signed_in_client
from tests.journeys.sites import Sites, serving

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# A change of the colour scheme takes Chromium a frame or two.
COLOURS_SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
PATIENCE = 10_000  # milliseconds that a page may take to do what is expected of it


@pytest.fixture(scope="session")
def sites(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Sites]:
    """Both sites, serving the test databases."""
    with django_db_blocker.unblock(), serving(tmp_path_factory.mktemp("sites")) as found:
        yield found


@dataclass
class Visitor:
    """Somebody at a browser of their own. `trouble` collects what a page may never do."""

    page: Page
    home: str
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(path if path.startswith("http") else f"{self.home}{path}")
        return self.page

    def look_around(self) -> None:
        """Everything asked of a page: accessible in both colour schemes, nothing refused or failed on the way."""
        assert not self.trouble, self.trouble
        seen = len(self.trouble)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_function(COLOURS_SETTLED)
            found = Axe().run(self.page, options=RULES).response["violations"]
            assert not found, _as_text(self.page, scheme, found)
        self.page.emulate_media(color_scheme="light")
        del self.trouble[seen:]  # what the checker itself was refused


def _as_text(page: Page, scheme: str, found: list[dict[str, Any]]) -> str:
    lines = [f"{page.url} ({scheme})"]
    for rule in found:
        lines += [f"  {rule['id']}: {rule['help']}"]
        lines += [f"    {node['html'][:200]}  {node.get('failureSummary', '')[:200]}" for node in rule["nodes"][:4]]
    return "\n".join(lines)


Enter = Callable[..., Visitor]


@pytest.fixture
def enter(browser: Browser, sites: Sites, transactional_db: None) -> Iterator[Enter]:
    """`enter(person)`: a browser in which the person has signed in (`lately`: just now); `enter()`: a stranger's."""
    contexts: list[BrowserContext] = []

    def open_browser(
        person: Person | None = None,
        *,
        site: str = "",
        phone: bool = False,
        lately: bool = False,
        zone: str = "Europe/Berlin",
    ) -> Visitor:
        size: ViewportSize = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(
            viewport=size, has_touch=phone, locale="en-GB", timezone_id=zone, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if person is not None:
            key = signed_in_client(person, lately=lately).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "localhost", "path": "/"}]
            )
        visitor = Visitor(context.new_page(), site or sites.portal)
        visitor.page.on("console", lambda message: _note_console(visitor, message))
        visitor.page.on("pageerror", lambda error: visitor.trouble.append(f"script: {error}"))
        visitor.page.on("response", lambda response: _note_response(visitor, response))
        return visitor

    yield open_browser
    for context in contexts:
        context.close()


def _note_console(visitor: Visitor, message: ConsoleMessage) -> None:
    """A refused script or style is a fault of the page; what a test provokes on purpose is answered with a status."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        visitor.trouble.append(f"console: {message.text}")


def _note_response(visitor: Visitor, response: Response) -> None:
    if response.status >= 500:
        visitor.trouble.append(f"{response.status} {response.url}")
