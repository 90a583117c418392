"""`make screenshots`: walk through the demo as each of its people and take a picture of every page.

Links are followed from each person's home. Each address pattern is photographed once, by
the first person who can reach it (the home page by everybody), wide in light colours and
narrow in dark ones. Pictures are reduced to a palette, so that docs/ stays small.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
    "DATABASE_ROLE": "owner",
    "DEVSTACK_CLUSTER": "test-screenshots",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_databases
from django.urls import Resolver404, resolve
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from demo.building.building import build
from demo.moments import Moment
from demo.people import PERSONAS, RUI, SAM, SOL
from demo.recipes import TWO_STREAMS, Recipe
from mats_portal import devstack
from mats_portal.devstack import chromium
from mats_portal.people.models import Person
from mentors.models import Offer
from tests.conftest import signed_in_client
from tests.journeys.sites import Sites, serving

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True},
}
TALLEST = {"light": 1800, "dark": 1800}
COLOURS = 96
BEST_SHOWN = (
    ("scholars|plans?/", "winter-2022-23"),
    ("alumni", "summer-2022"),
    ("selection/.|offers|letters", "autumn-2022"),
)
# Where a person goes beside their home, because the menu leads to another cohort first.
ALSO = {RUI.email: ("/cohorts/summer-2022/alumni/",)}
OPENED_AT_MOST = 2  # by one person, to find the links of a page that has its picture
OFFERS_OUT = Recipe(
    "autumn-2022", "Autumn 2022", Moment.OFFERS_OUT, streams=TWO_STREAMS, most_applications=60, tag="a22-", cast=()
)
# Addresses that do something, leave the site, or show one thing many times.
PASSED_BY = ("account_logout", "demo", "people:demo", "styleguide")
NOT_A_PAGE = (".csv", ".xlsx", ".pdf", "/download/", "/export/", "my-data")


def main() -> int:
    """Make the demo in databases of its own, then photograph it."""
    switches = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
    with (
        devstack.running(),
        demo_databases(),
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as sites,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=switches)
        print(f"{photograph_everybody(browser, sites)} pictures in {FOLDER}")
        browser.close()
    return 0


@contextmanager
def demo_databases() -> Iterator[None]:
    """Test databases with the usual demo in them. They end with their server, which is stopped when we are done."""
    setup_databases(verbosity=0, interactive=False)
    call_command("demo")
    build(OFFERS_OUT, timezone.now())
    yield


def address_of_an_offer() -> str:
    """Somebody whose offer waits for an answer."""
    return str(Offer.objects.open().order_by("pk").values_list("application__person__email", flat=True)[0])


def photograph_everybody(browser: Browser, sites: Sites) -> int:
    """Every page of both sites, as far as links lead there. Returns how many pictures were taken."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    seen: set[str] = set()
    walker = Walker(browser, seen)
    walker.walk("stranger", None, sites.portal)
    for persona in (SOL, SAM):
        name = persona.email.partition("@")[0]
        walker.walk(f"{name} at support", persona.email, sites.support, start="/support/")
    for persona in PERSONAS:
        walker.walk(persona.email.partition("@")[0], persona.email, sites.portal)
    walker.walk("somebody with an offer", address_of_an_offer(), sites.portal)
    return walker.taken


class Walker:
    """Goes where links lead. `seen`: the address patterns that have their picture."""

    def __init__(self, browser: Browser, seen: set[str]) -> None:
        self.browser = browser
        self.seen = seen
        self.taken = 0

    def walk(self, who: str, email: str | None, site: str, start: str = "/") -> None:
        """Photograph what this person can reach and nobody before could."""
        contexts = {look: self._sign_in(email, look) for look in LOOKS}
        pages = {look: context.new_page() for look, context in contexts.items()}
        waiting, queued = [start, *ALSO.get(email or "", ())], {start}
        second_choice: list[str] = []
        opened: Counter[str] = Counter()
        while waiting or second_choice:
            path = (waiting or second_choice).pop(0)
            pattern = pattern_of(path)
            label = f"home-{who}".replace(" ", "-") if path == start else pattern
            has_picture = label in self.seen and path != start
            if not label or (has_picture and opened[label] == OPENED_AT_MOST):
                continue
            opened[label] += 1
            answer = pages["light"].goto(f"{site}{path}")
            if answer is None or answer.status >= 500:
                raise SystemExit(f"{path} does not work for {who}")
            if not answer.ok or "html" not in answer.headers.get("content-type", ""):
                continue
            if urlsplit(answer.url).path != path and path != start:
                continue  # it led elsewhere, and that page has a picture of its own
            if not has_picture:
                self.seen.add(label)
                print(f"{who:18} {label}")
                self._shoot(pages["light"], label, "light")
                pages["dark"].goto(f"{site}{path}")
                self._shoot(pages["dark"], label, "dark")
            for link in links_of(pages["light"], site):
                if link not in queued:
                    queued.add(link)
                    (waiting if is_first_choice(link) else second_choice).append(link)
        for context in contexts.values():
            context.close()

    def _sign_in(self, email: str | None, look: str) -> BrowserContext:
        context = self.browser.new_context(locale="en-GB", reduced_motion="reduce", **LOOKS[look])  # type: ignore[arg-type]
        if email:
            key = signed_in_client(Person.objects.get(email=email)).cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "localhost", "path": "/"}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def _shoot(self, page: Page, label: str, look: str) -> None:
        page.wait_for_load_state("networkidle")
        height = min(TALLEST[look], int(page.evaluate("document.documentElement.scrollHeight")))
        width = LOOKS[look]["viewport"]["width"]  # type: ignore[index]
        picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        with Image.open(io.BytesIO(picture)) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(FOLDER / f"{label}-{look}.png", optimize=True)
        self.taken += 1


def links_of(page: Page, site: str) -> list[str]:
    """The paths that the page links to, on the same site."""
    found = page.eval_on_selector_all("a[href], [data-href]", "all => all.map(a => a.href || a.dataset.href)")
    paths = []
    for link in found:
        whole = urldefrag(link if "://" in link else f"{site}{link}")[0]
        parts = urlsplit(whole)
        if whole.startswith(site) and not parts.query and not any(word in parts.path for word in NOT_A_PAGE):
            paths.append(parts.path)
    return paths


def is_first_choice(path: str) -> bool:
    """Whether this is the cohort in which such a page has most to show."""
    match = re.match(r"/cohorts/([a-z0-9-]+)/(.*)", path)
    if not match:
        return True
    slug, rest = match.groups()
    found = next((best for words, best in BEST_SHOWN if re.match(words, rest)), "summer-2023")
    return slug == found


def pattern_of(path: str) -> str:
    """The name of the address pattern, as a file name; empty for what is not photographed."""
    for urlconf in ("mats_portal.urls", "mats_portal.support_urls"):
        try:
            name = resolve(path, urlconf).view_name
        except Resolver404:
            continue
        return "" if name in PASSED_BY or not name else name.replace(":", "-").replace("_", "-")
    return ""


if __name__ == "__main__":
    sys.exit(main())
