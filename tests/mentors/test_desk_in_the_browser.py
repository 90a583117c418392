"""A mentor scores by keyboard alone, and what is typed saves itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from mats_portal.people.models import Person
from mentors.models import Assessment, Assignment
from tests import make
from tests.conftest import signed_in_client
from tests.mentors import world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.timeout(180),
]
THIRTY = 30


def open_page(context: BrowserContext, person: Person, home: str, path: str) -> Page:
    """A page in a browser in which the person has signed in."""
    session = signed_in_client(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": home}])
    page = context.new_page()
    page.goto(home + path)
    return page


def test_a_mentor_scores_thirty_applications_by_keyboard_alone(context: BrowserContext, live_server: Any) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A")
    mira = world.make_mentor(stream)
    for name in [f"Applicant {number}" for number in range(THIRTY)]:
        world.make_assignment(world.make_applicant(cohort, stream, name=name), mira)
    first = Assignment.objects.order_by("pk")[0].application
    page = open_page(context, mira, live_server.url, reverse("mentors:desk", args=[cohort.slug, first.code]))
    for left in range(THIRTY - 1, -1, -1):
        page.wait_for_load_state("load")
        for point in "4534":
            page.keyboard.press(point)
        page.keyboard.press("c")
        page.keyboard.type("Careful work.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(f"{left} left." if left else "That was the last one.")).to_be_visible()
    sheets = [one.sheet for one in Assessment.objects.select_related("sheet")]
    assert [(sheet.comment, str(sheet.ability), str(sheet.motivation)) for sheet in sheets] == [
        ("Careful work.", "4.20", "4.00")
    ] * THIRTY


def test_what_is_typed_saves_itself_and_j_goes_on(context: BrowserContext, live_server: Any) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    gil = world.make_reviewer(cohort)
    for name in ("Ada", "Bo"):
        world.make_assignment(world.make_applicant(cohort, stream, name=name), gil)
    page = open_page(context, gil, live_server.url, reverse("mentors:review", args=[cohort.slug]))
    page.get_by_role("link", name="Continue").click()
    page.wait_for_url("**/review/*/")
    page.wait_for_load_state("load")
    before = page.url
    page.keyboard.press("4")
    expect(page.get_by_text("✓ Saved")).to_be_visible(timeout=10_000)
    page.keyboard.press("j")
    expect(page).not_to_have_url(before)
    assert [str(one.sheet.ability) for one in Assessment.objects.select_related("sheet")] == ["4.00"]


def test_j_and_k_turn_to_the_next_application_to_compare_with(context: BrowserContext, live_server: Any) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo, cy = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy"))
    mira = world.make_mentor(stream)
    page = open_page(context, mira, live_server.url, reverse("mentors:desk", args=[cohort.slug, ada.code]))
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Beside").select_option(label="Bo")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_title(re.compile("Ada beside Bo"))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"other={cy.code}"))
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(f"other={bo.code}"))
