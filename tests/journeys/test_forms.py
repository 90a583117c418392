"""Staff build next cohort's form from last cohort's, and an applicant meets it."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.journeys.acts import press
from tests.journeys.conftest import Enter, Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "support"])
VISA = QuestionSpec(
    "visa", QuestionKind.SINGLE, "Do you need a visa?", section="About you", options=("Yes, I do", "No")
)
WHICH = replace(VISA, key="which", kind=QuestionKind.SHORT, wording="Which one?", options=(), shown_if="visa")
PAPER = QuestionSpec("q1", QuestionKind.LONG, "Summarise the paper.", max_words=300)


def test_staff_build_the_next_form_from_the_last_and_an_applicant_meets_it(enter: Enter) -> None:
    coming, rui = prepare()
    staff = enter(rui)
    copy_forms(staff, coming)
    change_form(staff, coming)
    ask_first(staff, coming)
    ada = enter(make.make_person("Ada Adeyemi"), phone=True)
    pass_the_gate(ada, coming)
    answer_on_condition(ada)


def prepare() -> tuple[Cohort, Person]:
    """A cohort with forms, the next one without, and Rui, who runs both."""
    last, coming = make.make_cohort("Summer 2031"), make.make_cohort("Winter 2031-32")
    make.make_questions(last, questions=[VISA, replace(WHICH, shown_if_options=("Yes, I do",))])
    make.make_questions(last, make.make_stream(last, "Interpretability"), [PAPER])
    rui = make.make_person("Rui")
    for cohort in (last, coming):
        make.make_membership(rui, cohort, CohortRole.STAFF)
    return coming, rui


def copy_forms(staff: Visitor, coming: Cohort) -> None:
    """Look at what there is to copy, and copy it."""
    page = staff.open(f"/cohorts/{coming.slug}/questions/")
    page.get_by_role("link", name="Copy from an earlier cohort").click()
    page.get_by_role("link", name="Summer 2031").click()
    expect(page.get_by_text("a new stream with")).to_be_visible()
    staff.look_around()
    press(page, "Copy what is ticked")
    expect(page.get_by_text("Copied from Summer 2031.")).to_be_visible()


def change_form(staff: Visitor, coming: Cohort) -> None:
    """Add a question, move it by the keyboard, look at the preview and at what changed."""
    page = staff.open(f"/cohorts/{coming.slug}/questions/general/")
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill("How well do you know PyTorch?")
    page.get_by_label("Section").fill("About you")
    page.get_by_label("How it is answered").select_option("scale")
    page.get_by_label("Options").fill("1 = never used it\n2\n3 = could teach it")
    staff.look_around()
    press(page, "Save")
    page.get_by_role("button", name="Move How well do you know PyTorch? up").press("Enter")
    press(page, "Save the order")
    expect(page.locator(".reorder-item").nth(1)).to_contain_text("How well do you know PyTorch?")
    staff.look_around()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("3 could teach it")).to_be_visible()
    expect(page.get_by_label("Which one?")).to_be_hidden()
    page.get_by_label("Yes, I do").check()
    expect(page.get_by_label("Which one?")).to_be_visible()
    staff.look_around()
    page = staff.open(f"/cohorts/{coming.slug}/questions/general/versions/")
    expect(page.get_by_text("The order of the questions")).to_be_visible()
    staff.look_around()


def ask_first(staff: Visitor, coming: Cohort) -> None:
    """Ask something before the form."""
    page = staff.open(f"/cohorts/{coming.slug}/questions/eligibility/add/")
    page.get_by_label("Question", exact=True).fill("Will you be 18 by then?")
    page.get_by_label("How it is answered").select_option("single")
    page.get_by_label("Options").fill("Yes\nNo")
    page.get_by_label("Answers that let go on").fill("Yes")
    page.get_by_label("What the others are told").fill("Come back when you are 18.")
    press(page, "Save")
    expect(page.get_by_text("Goes on with “Yes”")).to_be_visible()


def pass_the_gate(ada: Visitor, coming: Cohort) -> None:
    """Be stopped by a wrong answer, correct it, and start."""
    page = ada.open(f"/cohorts/{coming.slug}/apply/")
    expect(page.get_by_text("about 30 minutes")).to_be_visible()
    ada.look_around()
    page.get_by_role("link", name="See whether I can apply").click()
    page.get_by_label("No", exact=True).check()
    press(page, "See whether I can apply")
    expect(page.get_by_text("Come back when you are 18.")).to_be_visible()
    ada.look_around()
    page.get_by_label("Yes", exact=True).check()
    press(page, "See whether I can apply")
    press(page, "Start the application")
    page.get_by_role("link", name="About you", exact=True).click()


def answer_on_condition(ada: Visitor) -> None:
    """What depends on an answer comes and goes with it, and holds nobody up."""
    page = ada.page
    page.get_by_text("2", exact=True).click()
    page.get_by_label("Yes, I do").check()
    page.get_by_label("Which one?").fill("J-1")
    page.get_by_label("No", exact=True).check()
    expect(page.get_by_label("Which one?")).to_be_hidden()
    ada.look_around()
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Streams, best first")).to_be_visible()
