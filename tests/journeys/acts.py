"""What people do on pages, one function an act. Each leaves the visitor on the page that answers."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, expect

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from tests.journeys.conftest import Visitor

ESSAY = "A test that nobody can fail tells us who wrote it. I would look for the case in which it must fail."


def time_passes(cohort: Cohort, until: MilestoneKind, *, hours: int = 1) -> None:
    """Move the whole calendar so that the milestone was `hours` ago (or is ahead, if negative)."""
    at = Milestone.objects.get(cohort=cohort, kind=until).at
    moved = timezone.now() - timedelta(hours=hours) - at
    Milestone.objects.filter(cohort=cohort).update(at=F("at") + moved)


def press(page: Page, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=True).first.click()


def fill_part(page: Page) -> None:
    """Answer everything on a part of the application, whatever it asks."""
    form = page.locator("main form").first
    for area in form.locator("textarea").all():
        area.fill(ESSAY)
    for text in form.locator("input[type=text], input[type=url]").all():
        link, number = text.get_attribute("type") == "url", text.get_attribute("inputmode") == "decimal"
        text.fill("https://example.org/work" if link else "7" if number else "Two write-ups on my page")
    for choice in form.locator("select").all():
        choice.select_option(index=2)
    for kind in ("radio", "checkbox"):
        names = form.locator(f"input[type={kind}]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
        for name in names:
            form.locator(f"input[name={name}]").first.check()


def apply(visitor: Visitor, cohort: Cohort, stream: str) -> None:
    """Start an application, answer every part, choose the stream, read it through and submit."""
    page = visitor.open(f"/cohorts/{cohort.slug}/apply/")
    visitor.look_around()
    press(page, "Start the application")
    page.get_by_role("link", name="About you", exact=True).click()
    for part in ("About you", "Why this work", "Your plans"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
        fill_part(page)
        visitor.look_around()
        press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Streams, best first")).to_be_visible()
    page.get_by_role("button", name=f"Add {stream}").click()
    visitor.look_around()
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name=stream)).to_be_visible()
    fill_part(page)
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Read it through")).to_be_visible()
    visitor.look_around()
    press(page, "Submit the application")
    expect(page.get_by_text(re.compile("submitted", re.IGNORECASE)).first).to_be_visible()
    visitor.look_around()


def score(visitor: Visitor, value: int, comment: str) -> None:
    """Score what is on the desk with the keyboard's numbers, say something, and go on."""
    page = visitor.page
    for scale in page.locator("fieldset.rating").all():
        scale.locator("input").nth(value - 1).check(force=True)
    page.get_by_role("textbox", name="Comment", exact=True).fill(comment)
    page.get_by_role("button", name="Save and next").click()


def rank(visitor: Visitor, cohort: Cohort, code: str, order: list[str]) -> None:
    """Put the stream's applicants in order, all of them above the bar, and hand the ranking in."""
    page = visitor.open(f"/cohorts/{cohort.slug}/streams/{code}/ranking/")
    for number, name in enumerate(order, 1):
        page.get_by_label(f"Place of {name}").fill(str(number))
    page.locator("[name=would_take]").fill(str(len(order)))
    visitor.look_around()
    press(page, "Save: our ranking is in")
    expect(page.get_by_text("The ranking is in").first).to_be_visible()
    visitor.look_around()
