"""Two streams want one applicant; staff run three what-ifs in a meeting and make one of them the round."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.outbox.models import Letter
from mentors.models import Offer, Ranking, SelectionRound, WhatIf
from tests import make
from tests.journeys.acts import press
from tests.journeys.conftest import Enter, Visitor
from tests.mentors import world

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "support"]), pytest.mark.timeout(300)]


class Meeting:
    """Evals and Control, a seat each. Ada names both, Control first; Ben and Cleo name Evals; Dora names Control."""

    def __init__(self) -> None:
        self.cohort: Cohort = make.make_cohort("Winter 2032-33", slug="winter", seats=4, days_later=-20)
        self.evals, self.control = (make.make_stream(self.cohort, name, seats=1) for name in ("Evals", "Control"))
        for name, streams in (
            ("Ada Okonkwo", (self.control, self.evals)),
            ("Ben Aydin", (self.evals,)),
            ("Cleo Park", (self.evals,)),
            ("Dora Lind", (self.control,)),
        ):
            world.make_applicant(self.cohort, *streams, name=name)
        self.rui, self.mira, leaver = map(make.make_person, ("Rui Lopes", "Mira Weiss", "Max Vogel"))
        make.make_membership(self.rui, self.cohort, CohortRole.STAFF)
        make.make_membership(self.mira, self.cohort, CohortRole.MENTOR, self.evals)
        make.make_membership(leaver, self.cohort, CohortRole.MENTOR, self.control)

    def code(self, name: str) -> str:
        """The code of an applicant's application."""
        return self.cohort.applications.get(person__name__startswith=name).code

    def order(self, stream: Stream) -> list[tuple[str, bool, bool]]:
        """The stream's order: first name, above the line, level with the one above."""
        rows = Ranking.objects.filter(stream=stream).order_by("rank")
        values = rows.values_list("application__person__name", "is_acceptable", "is_level")
        return [(name.split()[0], above, level) for name, above, level in values]


def ask(page: Page, kind: str, **typed: str) -> None:
    """Open one of the questions, answer it, run."""
    page.get_by_text(kind, exact=True).click()
    form = page.locator("details[open]").last
    for label, value in typed.items():
        field = form.get_by_label(label.replace("_", " "))
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    form.get_by_role("button", name="Run").click()


def test_two_streams_want_one_applicant_and_staff_choose_among_three_what_ifs(enter: Enter) -> None:
    meeting = Meeting()
    for stream, names in ((meeting.evals, ("Ada", "Ben", "Cleo")), (meeting.control, ("Ada", "Dora"))):
        world.rank(stream, meeting.rui, *(meeting.cohort.applications.get(code=meeting.code(one)) for one in names))
    _order(meeting, enter(meeting.mira))
    _meet(meeting, enter(meeting.rui))
    made = SelectionRound.objects.get()
    assert Stream.objects.get(pk=meeting.evals.pk).seats == 2
    assert set(made.result["pairs"]) == {meeting.code(name) for name in ("Ada", "Ben", "Cleo")}
    assert not Offer.objects.exists()
    assert not Letter.objects.exists()


def _order(meeting: Meeting, mira: Visitor) -> None:
    """Mira is told of the conflict and of nothing else; she puts Ada last, the other two level, and drags the line."""
    page = mira.open(f"/cohorts/{meeting.cohort.slug}/ranking/")
    expect(page.get_by_text("Wanted by another stream, too")).to_be_visible()
    assert "Control" not in page.content()
    page.get_by_role("listitem").filter(has_text="Cleo Park").get_by_label("level with the one above").focus()
    page.keyboard.press("Space")
    page.get_by_label("Place of Ada Okonkwo").fill("3")
    page.get_by_label("Place of Ada Okonkwo").press("Tab")
    bar = page.locator("[name=would_take]")
    page.locator("[data-reorder-line]").drag_to(page.get_by_role("listitem").filter(has_text="Ada Okonkwo"))
    expect(bar).to_have_value("2")
    bar.fill("3")
    press(page, "Save")
    expect(page.get_by_text("Saved.").first).to_be_visible()
    mira.look_around()
    assert meeting.order(meeting.evals) == [("Ben", True, False), ("Cleo", True, True), ("Ada", True, False)]


def _meet(meeting: Meeting, rui: Visitor) -> None:
    """Rui sees who is wanted twice, asks three things, and makes the first of them the round."""
    page = rui.open(f"/cohorts/{meeting.cohort.slug}/selection/")
    expect(page.get_by_role("link", name="Ada Okonkwo").first).to_be_visible()
    page.get_by_role("link", name="What if").click()
    ask(page, "Seats of a stream", Stream="Evals", Seats_in_all="2")
    ask(page, "A mentor leaves", Mentor="Max Vogel")
    ask(page, "An applicant’s order", Application=meeting.code("Ada"), Stream="Evals", As_choice="1")
    movers = page.get_by_role("table", name="Who moves")
    expect(movers.get_by_role("link", name="Ada Okonkwo")).to_be_visible()
    rui.look_around()
    assert WhatIf.objects.count() == 3
    assert not SelectionRound.objects.exists()
    page.get_by_role("link", name="Make it the round").first.click()
    rui.look_around()
    press(page, "Make it the round")
    expect(page.get_by_role("heading", name="Round 1")).to_be_visible()
    rui.look_around()
