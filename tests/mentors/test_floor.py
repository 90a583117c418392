"""The motivation floor: set with a reason, logged, and shown with whom somebody under it displaces."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.models import Entry
from mats_portal.people.models import Person
from mentors.errors import ReasonMissing
from mentors.models import MotivationFloor
from mentors.reports import compile_selection
from mentors.selectors.displacing import displaced_in
from mentors.selectors.floor import applications_below, who_falls_under
from mentors.services import declare_conflict, run_matching, set_motivation_floor
from mentors.services.floor import FloorOffScale, FloorUnchanged
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_scored(**motivation: int | None) -> tuple[Cohort, Stream, Person, dict[str, Application]]:
    """A stream of one seat; each applicant with one review of that motivation, or none."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A", seats=1)
    gil, people = world.make_reviewer(cohort), {}
    for name, points in motivation.items():
        people[name] = world.make_applicant(cohort, stream, name=name)
        if points is not None:
            world.make_assessment(people[name], gil, motivation=points)
    return cohort, stream, world.make_staff(cohort), people


def under(cohort: Cohort, points: Any, person: Person, now: Any = None) -> list[tuple[str, bool]]:
    """Who falls under it, and whether it is new."""
    wanted, holds = Decimal(points), None if now is None else Decimal(now)
    return [(one.application.person.name, one.is_new) for one in who_falls_under(cohort, wanted, holds, person)]


def test_raising_the_floor_changes_the_list_and_the_log_keeps_who_and_why() -> None:
    cohort, _, rui, _ = make_scored(Ada=2, Bo=3, Cy=5, Di=None)
    set_motivation_floor(cohort=cohort, points=Decimal("2.5"), reason="Wider outreach this year.", by=rui)
    assert under(cohort, "2.5", rui) == [("Ada", True)]
    raised = set_motivation_floor(cohort=cohort, points=Decimal("3.5"), reason="Too few asked why.", by=rui)
    assert under(cohort, "3.5", rui, now="2.5") == [("Ada", False), ("Bo", True)]
    assert raised.below == 2
    log = list(MotivationFloor.objects.values_list("points", "reason", "below", "set_by__name"))
    assert log == [
        (Decimal("3.50"), "Too few asked why.", 2, "Rui"),
        (Decimal("2.50"), "Wider outreach this year.", 1, "Rui"),
    ]
    facts = Entry.objects.filter(verb="set motivation floor").order_by("pk").last()
    assert facts is not None
    assert (facts.facts["from"], facts.facts["to"]) == ("2.50", "3.50")


def test_what_a_floor_is_refused_for() -> None:
    cohort, _, rui, _ = make_scored(Ada=2)
    with pytest.raises(ReasonMissing):
        set_motivation_floor(cohort=cohort, points=Decimal(3), reason=" ", by=rui)
    for wrong in (Decimal("0.5"), Decimal("5.5")):
        with pytest.raises(FloorOffScale):
            set_motivation_floor(cohort=cohort, points=wrong, reason="x", by=rui)
    with pytest.raises(FloorUnchanged):
        set_motivation_floor(cohort=cohort, points=None, reason="x", by=rui)
    set_motivation_floor(cohort=cohort, points=Decimal(3), reason="x", by=rui)
    set_motivation_floor(cohort=cohort, points=None, reason="It misled us.", by=rui)
    assert not applications_below(cohort, None).exists()


def test_nobody_without_a_score_and_nobody_hidden_is_shown_under_a_floor() -> None:
    cohort, stream, rui, people = make_scored(Ada=2, Bo=1, Di=None)
    declare_conflict(application=people["Bo"], person=rui, kind=ConflictKind.FRIEND, by=rui)
    assert under(cohort, "5", rui) == [("Ada", True)]
    assert applications_below(cohort, Decimal(5)).count() == 2
    mira = world.make_mentor(stream)
    assert under(cohort, "5", mira) == []


def test_a_round_names_whom_somebody_under_the_floor_displaces() -> None:
    cohort, stream, rui, people = make_scored(Ada=2, Bo=1, Cy=4)
    world.rank(stream, rui, people["Ada"], people["Bo"], people["Cy"])
    made = run_matching(cohort=cohort, by=rui)
    assert displaced_in(made, rui) == []
    set_motivation_floor(cohort=cohort, points=Decimal(3), reason="x", by=rui)
    (found,) = displaced_in(made, rui)
    assert (found.application, found.other, found.stream) == (people["Ada"], people["Cy"], stream)
    declare_conflict(application=people["Ada"], person=rui, kind=ConflictKind.FRIEND, by=rui)
    assert displaced_in(made, rui) == []


def test_staff_look_at_a_floor_before_they_set_it_and_see_it_in_ranking_and_round(sign_in: SignIn) -> None:
    cohort, stream, rui, people = make_scored(Ada=2, Bo=4)
    world.rank(stream, rui, people["Ada"], people["Bo"])
    client, url = sign_in(rui), reverse("mentors:floor", args=[cohort.slug])
    look = client.get(url, {"points": "3"})
    assert b"A look, not set yet" in look.content
    assert b"Ada" in look.content
    assert not MotivationFloor.objects.exists()
    assert client.post(url, {"points": "9", "reason": "x"}).status_code == 400
    assert client.post(url, {"points": "3", "reason": "Wider outreach."}).status_code == 302
    assert b"Wider outreach." in client.get(url).content
    again = client.post(url, {"points": "3", "reason": "Once more."})
    assert again.status_code == 400
    assert b"Once more." in again.content
    ranking = client.get(reverse("mentors:ranking", args=[cohort.slug, stream.code]))
    told = " ".join(ranking.content.decode().split())
    assert "Ada (motivation 2.0) would displace Bo." in told
    made = run_matching(cohort=cohort, by=rui)
    told = " ".join(client.get(made.get_absolute_url()).content.decode().split())
    assert "Ada (motivation 2.0) would displace Bo, who would then have a seat with Interp A." in told


def test_a_mentor_whose_scores_are_not_in_learns_nothing_of_motivation(sign_in: SignIn) -> None:
    cohort, stream, rui, people = make_scored(Ada=2, Bo=4)
    world.rank(stream, rui, people["Ada"], people["Bo"])
    client = sign_in(world.make_mentor(stream))
    url = reverse("mentors:ranking", args=[cohort.slug, stream.code])
    assert b"motivation floor" not in client.get(url).content
    set_motivation_floor(cohort=cohort, points=Decimal(3), reason="x", by=rui)
    assert b"motivation floor" not in client.get(url).content


def test_the_report_says_how_far_those_under_the_floor_came() -> None:
    cohort, stream, rui, people = make_scored(Ada=2, Bo=1, Cy=4)
    world.rank(stream, rui, people["Ada"], people["Cy"])
    titles = {figure.title: figure for figure in compile_selection(cohort).figures}
    assert titles["Motivation floor"].value == "none"  # type: ignore[union-attr]
    set_motivation_floor(cohort=cohort, points=Decimal(3), reason="x", by=rui)
    titles = {figure.title: figure for figure in compile_selection(cohort).figures}
    lines = titles["Under the motivation floor"].lines  # type: ignore[union-attr]
    assert [line.count for line in lines] == [2, 1, 0, 0]
