"""Staff work through the applications table by the keyboard: walk, open, narrow, arrange, share, act and undo."""

import re

import pytest
from playwright.sync_api import Page, expect

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from tests import make
from tests.journeys.acts import press
from tests.journeys.conftest import Enter, Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "support"])


def test_staff_work_through_the_table_by_the_keyboard(enter: Enter) -> None:
    cohort, staff = make.make_cohort("Summer 2031"), [make.make_person("Rui"), make.make_person("Ines")]
    for person in staff:
        make.make_membership(person, cohort, CohortRole.STAFF)
    for name in ("Ada", "Bea", "Cyn"):
        make.make_application(cohort, make.make_person(name), submitted=name != "Cyn")
    rui = enter(staff[0])
    walk_and_open(rui, cohort)
    narrow_and_widen(rui)
    arrange_and_share(rui, cohort)
    label_and_undo(rui, cohort)
    ines = enter(staff[1], phone=True)
    page = ines.open(f"/cohorts/{cohort.slug}/applications/")
    page.get_by_role("link", name="By hours").click()
    expect(page.get_by_role("link", name="Cyn")).to_have_count(0)
    ines.look_around()


def here(page: Page) -> str:
    """The applicant in the row that the cursor stands on."""
    return page.locator("tr[data-cursor] td.title a").inner_text()


def walk_and_open(rui: Visitor, cohort: Cohort) -> None:
    """Down, down, up; the keys of the page by `?`; open with Enter, and come back."""
    page = rui.open(f"/cohorts/{cohort.slug}/applications/")
    for key, name in (("j", "Cyn"), ("j", "Bea"), ("j", "Ada"), ("j", "Ada"), ("k", "Bea")):
        page.keyboard.press(key)
        assert here(page) == name
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys on this page")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.locator("[data-selection-count]")).to_have_text("1")
    page.keyboard.press("x")
    expect(page.locator("[data-selection-count]")).to_have_text("0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bea", level=1)).to_be_visible()
    page.go_back()


def narrow_and_widen(rui: Visitor) -> None:
    """A filter stands in the address and in a pill, which takes it away; a search, too, stands in the address."""
    page = rui.page
    page.get_by_text("Add filter").press("Enter")
    page.get_by_label("Submitted").check()
    page.get_by_role("button", name="Show").press("Enter")
    expect(page).to_have_url(re.compile("state=submitted"))
    expect(page.get_by_role("link", name="Cyn")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Status: Submitted.*remove this filter")).press("Enter")
    expect(page).not_to_have_url(re.compile("state=submitted"))
    expect(page.get_by_role("link", name="Cyn")).to_be_visible()
    page.get_by_label("Search names, addresses, answers").fill("Bea")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Bea"))
    expect(page.locator("tr[data-href]")).to_have_count(1)


def arrange_and_share(rui: Visitor, cohort: Cohort) -> None:
    """Other columns, only the submitted: saved under a name, for everybody on the staff."""
    page = rui.open(f"/cohorts/{cohort.slug}/applications/?state=submitted")
    page.get_by_role("link", name="Columns").press("Enter")
    page.get_by_label("Started").check()
    rui.look_around()
    press(page, "Show these")
    expect(page.get_by_role("columnheader", name="Started")).to_be_visible()
    page.get_by_role("link", name="Save view").press("Enter")
    page.get_by_label("Name").fill("By hours")
    page.get_by_label("Share it with all staff of this cohort").check()
    rui.look_around()
    press(page, "Save")
    expect(page.get_by_text("“By hours” is kept above the table.")).to_be_visible()
    rui.look_around()


def label_and_undo(rui: Visitor, cohort: Cohort) -> None:
    """Tick two by the keyboard, read what a label would do, give it, and take all of it back."""
    page = rui.open(f"/cohorts/{cohort.slug}/applications/")
    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("[data-selection-count]")).to_have_text("2")
    page.get_by_role("button", name="Label", exact=True).press("Enter")
    expect(page.get_by_text("Nothing is done yet.")).to_be_visible()
    expect(page.get_by_text("2 applications")).to_be_visible()
    page.get_by_label("Label").fill("Read first")
    rui.look_around()
    press(page, "Label")
    page.get_by_role("link", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Undo this?")).to_be_visible()
    rui.look_around()
    press(page, "Undo")
    page.goto(f"{rui.home}/cohorts/{cohort.slug}/applications/")
    page.get_by_text("Add filter").press("Enter")
    page.get_by_label("Read first").check()
    press(page, "Show")
    expect(page.get_by_text("No application fits")).to_be_visible()
