"""Tiers, the line, the reserve, and the gap between a stream's order and the scores."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mats_portal.people.models import Person
from mentors.models import Ranking, Shortlist
from mentors.selectors import ranking_rows, selection_inputs
from mentors.selectors.round_scores import calibrated_abilities
from mentors.selectors.standing import displacements, ranked_beside_scores
from mentors.services import declare_conflict, finish_ranking, rank_applications, run_matching
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.leaks import looks
from tests.mentors import world

pytestmark = pytest.mark.django_db


def rank(stream: Stream, by: Person, *ordered: Application, take: int = 9, level: tuple[Application, ...] = ()) -> None:
    """Save an order with ties."""
    revision = Shortlist.objects.filter(stream=stream).values_list("revision", flat=True).first() or 0
    rank_applications(
        stream=stream,
        ordered=[one.code for one in ordered],
        would_take=take,
        expected_revision=revision,
        by=by,
        level=[one.code for one in level],
    )


def levels(stream: Stream) -> list[tuple[str, bool]]:
    """The order by name, and who is level with the one before."""
    rows = Ranking.objects.filter(stream=stream).order_by("rank")
    return list(rows.values_list("application__person__name", "is_level"))


def make_four() -> tuple[Stream, Person, list[Application]]:
    """A stream of one seat with Ada, Bo, Cy and Di."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A", seats=1)
    return (
        stream,
        world.make_staff(cohort),
        [world.make_applicant(cohort, stream, name=n) for n in ["Ada", "Bo", "Cy", "Di"]],
    )


def test_a_tier_ends_at_the_bar_and_the_first_is_level_with_nobody() -> None:
    stream, rui, (ada, bo, cy, di) = make_four()
    rank(stream, rui, ada, bo, cy, di, take=2, level=(ada, bo, cy, di))
    assert levels(stream) == [("Ada", False), ("Bo", True), ("Cy", False), ("Di", True)]
    assert list(selection_inputs(stream.cohort)["tiers"].values()) == [[1, 1]]
    rank(stream, rui, ada, bo, cy, di, take=4)
    assert selection_inputs(stream.cohort)["tiers"] == {}


def test_somebody_hidden_within_a_tier_belongs_to_it() -> None:
    stream, rui, (ada, bo, cy, di) = make_four()
    mira = world.make_mentor(stream)
    rank(stream, rui, ada, bo, cy, di)
    declare_conflict(application=bo, person=mira, kind=ConflictKind.FRIEND, by=mira)
    rank(stream, mira, ada, cy, di, level=(cy,))
    assert levels(stream) == [("Ada", False), ("Bo", True), ("Cy", True), ("Di", False)]


def test_the_draw_decides_between_two_who_are_level_and_the_round_says_so() -> None:
    stream, rui, (ada, bo, *_) = make_four()
    rank(stream, rui, ada, bo, level=(bo,))
    finish_ranking(stream=stream, by=rui)
    first, second = (run_matching(cohort=stream.cohort, by=rui) for _ in range(2))
    assert first.result == second.result
    assert first.inputs["tiers"] == {stream.code: [1, 1]}
    assert len(first.result["pairs"]) == 1


def test_rows_tell_reserve_tier_and_gap_to_the_scores() -> None:
    stream, rui, (ada, bo, cy, di) = make_four()
    gil = world.make_reviewer(stream.cohort)
    for application, points in ((ada, 2), (bo, 5), (cy, 4)):
        scores = {"technical_ability": points, "hard_question": points, "research_judgement": points}
        world.make_assessment(application, gil, **scores)
    rank(stream, rui, ada, bo, cy, di, take=3, level=(bo,))
    rows = ranking_rows(stream, rui)
    abilities = calibrated_abilities(rui, stream.cohort)
    found = ranked_beside_scores(rows, would_take=3, level=[bo.code], seats=1, floor=None, abilities=abilities)
    assert [(one.tier, one.reserve, one.by_scores, one.gap) for one in found] == [
        (1, None, 3, 2),
        (1, 1, 1, -1),
        (3, 2, 2, -1),
        (4, None, None, None),
    ]
    assert [one.gap_words for one in found[:2]] == ["2 above the scores", "1 below the scores"]


def test_whoever_is_under_the_floor_displaces_the_next_eligible_above_the_bar() -> None:
    stream, rui, (ada, bo, cy, di) = make_four()
    gil = world.make_reviewer(stream.cohort)
    for application, points in ((ada, 2), (bo, 1), (cy, 4), (di, 5)):
        world.make_assessment(application, gil, motivation=points)
    rank(stream, rui, ada, bo, cy, di, take=3)
    rows = ranking_rows(stream, rui)
    found = ranked_beside_scores(rows, would_take=3, level=[], seats=2, floor=Decimal(3), abilities={})
    names = [(a.row.application, b.row.application if b else None) for a, b in displacements(found, 2)]
    assert names == [(ada, cy), (bo, None)]


def test_a_mentor_saves_ties_and_the_line_from_the_page(sign_in: SignIn) -> None:
    stream, _, (ada, bo, cy, di) = make_four()
    client = sign_in(world.make_mentor(stream))
    url = reverse("mentors:ranking", args=[stream.cohort.slug, stream.code])
    typed = {f"place_{one.code}": n for n, one in enumerate((bo, ada, cy), 1)} | {f"place_{di.code}": ""}
    sent = typed | {"revision": 0, "would_take": 2, f"level_{ada.code}": "on", f"level_{cy.code}": "on"}
    assert client.post(url, sent).status_code == 302
    assert levels(stream) == [("Bo", False), ("Ada", True), ("Cy", False)]
    page = client.get(url).content.decode()
    order = re.findall(r"name=\"place_(\w+)\"|(Below this line)", page)
    assert [code or line for code, line in order][:4] == [bo.code, ada.code, "Below this line", cy.code]
    assert re.search(rf'name="level_{ada.code}"[^>]*checked', page)
    assert not re.search(rf'name="level_{cy.code}"[^>]*checked', page)
    stale = client.post(url, sent)
    assert stale.status_code == 409
    assert re.search(rf'name="level_{ada.code}"[^>]*checked', stale.content.decode())


@pytest.mark.parametrize("change", ["rank", "which stream", "their order"])
def test_wanted_by_another_stream_tells_a_mentor_nothing_but_that(change: str, sign_in: SignIn) -> None:
    """Twin worlds: which stream, how high it ranks, and what the applicant prefers make no difference to the page."""
    cohort = make.make_cohort()
    own, other, third = (make.make_stream(cohort, name) for name in ("Own", "Other", "Third"))
    rui, mira = world.make_staff(cohort), world.make_mentor(own)
    ada = world.make_applicant(cohort, own, other, third)
    more = [world.make_applicant(cohort, other, third, name=f"More {n}") for n in range(3)]
    rank(own, rui, ada)
    rank(other, rui, ada, *more)
    for stream in (own, other):
        finish_ranking(stream=stream, by=rui)
    client, url = sign_in(mira), reverse("mentors:ranking", args=[cohort.slug, own.code])
    before = looks.alike(client.get(url).content)
    assert b"Wanted by another stream" in before
    if change == "rank":
        rank(other, rui, *more, ada)
    elif change == "which stream":
        rank(other, rui, *more)
        rank(third, rui, ada)
        finish_ranking(stream=third, by=rui)
    else:
        ada.preferences.filter(stream=own).update(rank=9)
    assert looks.alike(client.get(url).content) == before


def test_the_gap_is_to_the_scores_with_the_reviewers_leniency_taken_out(sign_in: SignIn) -> None:
    """Harsh Tom reads the better half, lenient Gil the other; both read four, from which their leniency is known."""
    cohort = make.make_cohort()
    stream, rui = make.make_stream(cohort, "Interp A", seats=2), world.make_staff(cohort)
    gil, tom = world.make_reviewer(cohort), world.make_reviewer(cohort, "Tom")
    both = [world.make_applicant(cohort, stream, name=f"Both {n}") for n in range(4)]
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))

    def score(application: Application, reader: Person, points: int) -> None:
        keys = ("technical_ability", "hard_question", "research_judgement")
        world.make_assessment(application, reader, **dict.fromkeys(keys, points))

    for number, application in enumerate(both):
        score(application, gil, 2 + number)
        score(application, tom, max(1, number))
    score(ada, tom, 3)
    score(bo, gil, 4)
    rank(stream, rui, bo, ada)
    rows = ranking_rows(stream, rui)
    abilities = calibrated_abilities(rui, cohort)
    first, second, *_ = ranked_beside_scores(rows[:2], would_take=2, level=[], seats=2, floor=None, abilities=abilities)
    assert (first.gap, second.gap) == (1, -1)  # By the raw means Bo comes first, with 4 to 3.
    page = sign_in(rui).get(reverse("mentors:ranking", args=[cohort.slug, stream.code])).text
    assert f"calibrated {abilities[ada.pk].mean:.1f}" in page
    assert "1 above the scores" in page


def test_a_mentor_is_told_no_calibrated_score_of_whom_they_have_still_to_score(sign_in: SignIn) -> None:
    stream, rui, (ada, bo, *_) = make_four()
    gil = world.make_reviewer(stream.cohort)
    for application in (ada, bo):
        world.make_assessment(application, gil)
    mira = world.make_mentor(stream)
    world.make_assessment(bo, mira)
    rank(stream, rui, ada, bo)
    assert set(calibrated_abilities(mira, stream.cohort)) == {bo.pk}
    page = sign_in(mira).get(reverse("mentors:ranking", args=[stream.cohort.slug, stream.code])).text
    assert page.count("calibrated ") == 1
