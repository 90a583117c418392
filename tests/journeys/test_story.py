"""One cohort, from an address left to a report, as eight people at browsers of their own."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core import mail
from playwright.sync_api import expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from applications.letters import DRAFT_REMINDER
from applications.models import Application
from applications.services.questions import make_default_questions
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.jobs.services import run_waiting_jobs
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters, plan_reminders
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind
from mentors.models import Offer, Release
from mentors.services import carry_out_releases
from scholars.models import Scholar
from tests import make
from tests.journeys.acts import apply, press, rank, score, time_passes
from tests.journeys.conftest import Enter, Visitor
from tests.journeys.sites import Sites
from tests.mentors.world import hold_is_over

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "support"]), pytest.mark.timeout(900)]
SECRET = "I am stuck and have stopped asking."
NOTE = "One question to one person, today."


class Story:
    """The cohort and its people. Mira and Max mentor one stream with one seat; Ada, Ben and Cleo would like it."""

    def __init__(self) -> None:
        self.cohort: Cohort = make.make_cohort("Winter 2031-32", slug="winter", seats=1)
        self.stream: Stream = make.make_stream(self.cohort, "Evaluations", seats=1)
        names = (
            "Ada Okonkwo",
            "Ben Aydin",
            "Cleo Park",
            "Mira Weiss",
            "Max Vogel",
            "Rui Lopes",
            "Sol Shah",
            "Adi Quist",
        )
        self.ada, self.ben, self.cleo, self.mira, self.max, self.rui, self.sol, self.adi = map(make.make_person, names)
        self.ines = make.make_person("Ines Moreau")
        for staff in (self.rui, self.ines):
            make.make_membership(staff, self.cohort, CohortRole.STAFF)
        make.make_membership(self.sol, self.cohort, CohortRole.SUPPORT)
        make.make_membership(self.mira, self.cohort, CohortRole.MENTOR, self.stream)
        make.make_membership(self.max, self.cohort, CohortRole.MENTOR, self.stream)
        make.make_global_role(self.adi)
        make.make_channels()
        make_default_questions(cohort=self.cohort, by=self.rui)
        questions = open_questionnaire(cohort=self.cohort, purpose=Purpose.STREAM, stream=self.stream)
        own = QuestionSpec(
            "q1", QuestionKind.LONG, "What would change your mind?", section="Stream questions", max_words=600
        )
        make_version(questionnaire=questions, questions=[own], by=self.rui)


def test_one_cohort_from_interest_to_report(enter: Enter, sites: Sites) -> None:
    story = Story()
    _leave_address(story, enter)
    _apply(story, enter)
    _remind(story)
    time_passes(story.cohort, MilestoneKind.APPLICATIONS_CLOSE)
    _review(story, enter)
    _select(story, enter)
    _answer(story, enter)
    time_passes(story.cohort, MilestoneKind.IN_PERSON_STARTS, hours=24)
    _plan(story, enter)
    _support(story, enter, sites)
    time_passes(story.cohort, MilestoneKind.EXTENSION_ENDS)
    _finish(story, enter)
    _report(story, enter)


def _leave_address(story: Story, enter: Enter) -> None:
    """A stranger leaves an address; staff see what brought them."""
    stranger, staff = enter(), enter(story.rui)
    page = stranger.open(f"/cohorts/{story.cohort.slug}/interest/")
    stranger.look_around()
    page.get_by_label("Full name").fill("Dilek Yilmaz")
    page.get_by_label("E-mail").fill("Dilek@Example.org")
    page.get_by_label("AI safety Slack").check()
    page.get_by_label("LessWrong / Alignment Forum").check()
    press(page, "Send")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    stranger.look_around()
    page = staff.open(f"/cohorts/{story.cohort.slug}/outreach/")
    expect(page.get_by_text("1 interest form")).to_be_visible()
    staff.look_around()


def _apply(story: Story, enter: Enter) -> None:
    """Ada and Ben apply; Cleo begins, and what she typed is kept by itself."""
    for person in (story.ada, story.ben):
        apply(enter(person), story.cohort, "Evaluations")
    assert Application.objects.submitted().count() == 2
    assert Letter.objects.filter(recipient=story.ada, kind__contains="receipt").count() == 1
    deliver_letters()
    assert [one.to for one in mail.outbox].count([story.ada.email]) == 1
    cleo = enter(story.cleo, phone=True)
    page = cleo.open(f"/cohorts/{story.cohort.slug}/apply/")
    press(page, "Start the application")
    page.get_by_role("link", name="Why this work", exact=True).click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.locator("main textarea").first.type("Because I doubt", delay=20)
    page.reload()
    expect(page.locator("main textarea").first).to_have_value("Because I doubt")
    cleo.look_around()


def _remind(story: Story) -> None:
    """A day before the close, only who has not submitted is reminded, and once."""
    time_passes(story.cohort, MilestoneKind.APPLICATIONS_CLOSE, hours=-20)
    plan_reminders()
    plan_reminders()
    reminded = Letter.objects.filter(kind=DRAFT_REMINDER.name)
    assert [letter.recipient for letter in reminded] == [story.cleo]


def _review(story: Story, enter: Enter) -> None:
    """Staff assign; Mira and Max score at the same time, and see each other's scores only afterwards."""
    staff, mira, other = enter(story.rui), enter(story.mira), enter(story.max)
    page = staff.open(f"/cohorts/{story.cohort.slug}/assignments/")
    page.locator("[name=readers]").fill("2")
    press(page, "Preview")
    expect(page.get_by_text("4 new reviews for 2")).to_be_visible()
    staff.look_around()
    press(page, "Assign them")
    expect(page.get_by_text("Not begun").first).to_be_visible()
    staff.look_around()
    for visitor in (mira, other):
        visitor.open(f"/cohorts/{story.cohort.slug}/review/")
        visitor.look_around()
        expect(visitor.page.get_by_text("2 left")).to_be_visible()
        visitor.page.get_by_role("link", name="Continue").click()
        expect(visitor.page.get_by_text("scores open when yours are in")).to_be_visible()
        visitor.look_around()
    desk = mira.page.url
    score(mira, 4, "Names the weakest step of the argument.")
    expect(mira.page).not_to_have_url(desk)
    other.open(desk)
    assert "weakest step" not in other.page.content()
    score(other, 3, "Careful, a little cautious.")
    expect(other.page).not_to_have_url(desk)
    other.open(desk)
    expect(other.page.get_by_text("weakest step")).to_be_visible()
    other.look_around()
    for visitor in (mira, other):
        visitor.open(f"/cohorts/{story.cohort.slug}/review/")
        visitor.page.get_by_role("link", name="Continue").click()
        score(visitor, 5, "Would like to work with this person.")
        expect(visitor.page.get_by_role("heading", name="All your reviews are in")).to_be_visible()
    assert list(Application.objects.submitted().values_list("review_count", flat=True)) == [2, 2]


def _select(story: Story, enter: Enter) -> None:
    """The mentors rank Ben first; staff run the matching, look at it, and send the one offer."""
    rank(enter(story.mira), story.cohort, story.stream.code, ["Ben Aydin", "Ada Okonkwo"])
    staff = enter(story.rui)
    page = staff.open(f"/cohorts/{story.cohort.slug}/selection/")
    staff.look_around()
    press(page, "Run the matching")
    expect(page.get_by_role("heading", name="Round 1")).to_be_visible()
    staff.look_around()
    assert not Letter.objects.filter(kind__contains="offer").exists()
    press(page, "Prepare the offers")
    staff.open(f"/cohorts/{story.cohort.slug}/releases/")
    page.get_by_label("Offers that are prepared: 1").check()
    staff.look_around()
    press(page, "Prepare it")
    expect(page.get_by_text("Somebody else confirms it")).to_be_visible()
    staff.look_around()
    other = enter(story.ines, lately=True)
    page = other.open(page.url)
    page.get_by_role("link", name="Confirm", exact=True).click()
    page.locator("[name=count]").fill("2")
    press(page, "Confirm")
    expect(page.get_by_text("You typed 2, and 1 letters would go out").first).to_be_visible()
    other.look_around()
    page.locator("[name=count]").fill("1")
    press(page, "Confirm")
    expect(page.get_by_text("It goes out soon").first).to_be_visible()
    other.look_around()
    carry_out_releases()
    assert not Offer.objects.open().exists()
    hold_is_over(Release.objects.get())
    page.reload()
    expect(page.get_by_text("It went out")).to_be_visible()
    other.look_around()


def _answer(story: Story, enter: Enter) -> None:
    """Ben declines, and the seat is Ada's to take at that moment."""
    ben, ada = enter(story.ben), enter(story.ada)
    page = ada.open("/")
    assert "offers you a seat" not in page.content()
    theirs = Offer.objects.open().get()
    assert theirs.application.person == story.ben
    assert ada.page.request.get(f"{ada.home}/offers/{theirs.code}/").status == 404
    page = ben.open(f"/offers/{theirs.code}/")
    ben.look_around()
    page.locator("summary", has_text="Decline the seat").click()
    page.get_by_label("Would you like to say why?").fill("I have taken a position elsewhere.")
    page.locator("form[action$='/decline/']").get_by_role("button").click()
    expect(page.get_by_text("You declined").first).to_be_visible()
    own = Offer.objects.open().get()
    page = ada.open(f"/offers/{own.code}/")
    ada.look_around()
    press(page, "Accept the seat")
    expect(page.get_by_text("The seat in Evaluations is yours")).to_be_visible()
    ada.look_around()
    assert Scholar.objects.get().person == story.ada
    story.stream.refresh_from_db()
    assert story.stream.seats_taken == 1


def _plan(story: Story, enter: Enter) -> None:
    """Ada writes and submits her plan; Mira comments, and Ada reads it."""
    ada, mira = enter(story.ada), enter(story.mira)
    page = ada.open(f"/cohorts/{story.cohort.slug}/plan/")
    for label in ("Threat model", "Theory of change", "Plan of action"):
        page.get_by_label(label).first.fill(f"{label}: one path, two assumptions, and what would change my mind.")
    page.get_by_label("Output").first.fill("Evaluation that others can run")
    page.get_by_label("Date").first.fill("2032-02-01")
    ada.look_around()
    press(page, "Save and read through")
    expect(page.get_by_role("heading", name="Read it through")).to_be_visible()
    ada.look_around()
    press(page, "Submit this plan")
    expect(page.get_by_text(re.compile("Revision 1|submitted", re.IGNORECASE)).first).to_be_visible()
    plan = Scholar.objects.get().plan
    page = mira.open(f"/plans/{plan.code}/")
    mira.look_around()
    page.get_by_label("Comment", exact=False).last.fill("Which of the two assumptions would you drop first?")
    press(page, "Comment")
    expect(page.get_by_text("Which of the two assumptions")).to_be_visible()
    page = ada.open(f"/plans/{plan.code}/")
    expect(page.get_by_text("Which of the two assumptions")).to_be_visible()
    ada.look_around()


def _support(story: Story, enter: Enter, sites: Sites) -> None:
    """Ada asks support on the other site; Sol notes something that nobody else can read, by any way in."""
    ada, sol = enter(story.ada, site=sites.support), enter(story.sol, site=sites.support)
    page = ada.open("/support/")
    ada.look_around()
    page.get_by_role("link", name="Ask support").first.click()
    page.locator("main textarea").first.fill(SECRET)
    page.locator("main input[type=radio]").last.check()
    ada.look_around()
    press(page, "Ask support")
    page = sol.open(f"/support/cohorts/{story.cohort.slug}/")
    sol.look_around()
    page.get_by_role("link", name="Ada Okonkwo").first.click()
    press(page, "Take this request")
    page.locator("form[action$='/note/'] textarea").fill(NOTE)
    press(page, "Keep the note")
    expect(page.get_by_text(NOTE)).to_be_visible()
    sol.look_around()
    notes = page.url
    for person in (story.ada, story.mira, story.rui, story.adi, story.ben):
        other = enter(person, site=sites.support)
        answer = other.page.goto(notes)
        assert answer is not None
        assert NOTE not in other.page.content()
        assert answer.status == 404 or person == story.ada
    assert enter(story.sol).page.request.get(f"{sites.portal}/support/").status == 404
    page = ada.open("/support/openings/")
    expect(page.get_by_text("Sol Shah").first).to_be_visible()
    ada.look_around()


def _finish(story: Story, enter: Enter) -> None:
    """Staff finish the programme; Ada, now an alumna, says what she does."""
    staff, ada = enter(story.rui), enter(story.ada)
    page = staff.open(f"/cohorts/{story.cohort.slug}/scholars/finish/")
    staff.look_around()
    page.get_by_label("Ada Okonkwo").check()
    page.get_by_label("How many did you choose?").fill("1")
    press(page, "Finish the programme")
    expect(page).not_to_have_url(re.compile("finish"))
    page = ada.open("/outcome/")
    ada.look_around()
    page.get_by_label("Independent safety research").check()
    press(page, "This is what I do now")
    expect(page.get_by_text("Independent safety research").first).to_be_visible()
    ada.look_around()


def _report(story: Story, enter: Enter) -> None:
    """The administrator compiles the statistics, watches, and takes them away in three forms."""
    adi = enter(story.adi)
    page = adi.open(f"/cohorts/{story.cohort.slug}/reports/")
    adi.look_around()
    press(page, "Compile now")
    expect(page).to_have_url(re.compile("/jobs/"))
    adi.look_around()
    run_waiting_jobs()
    expect(page.get_by_text("Done")).to_be_visible()
    page.get_by_role("main").get_by_role("link").last.click()
    adi.look_around()
    adi.open(f"/cohorts/{story.cohort.slug}/reports/")
    adi.look_around()
    files = {form: _exported(adi, form) for form in ("csv", "xlsx", "pdf")}
    assert len(list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))) > 10
    assert CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).sheet_names
    assert "Winter 2031-32" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)


def _exported(visitor: Visitor, form: str) -> bytes:
    link = visitor.page.get_by_role("link", name=form.upper(), exact=True).first.get_attribute("href")
    answer = visitor.page.request.get(f"{visitor.home}{link}")
    assert answer.ok
    return answer.body()
