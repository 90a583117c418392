"""A stream's order: its own applicants, kept against lost updates and against prying."""

import pytest

from applications.services import withdraw_application
from mentors.errors import NamedTwice, NobodyRanked, NotAnApplicantOfStream, StaleRanking
from mentors.selectors import between_streams, ranking_rows, streams_status
from mentors.services import declare_conflict, finish_ranking, rank_applications
from mentors.states import ConflictKind
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db


def test_rank_applications_saves_the_order_and_the_bar() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo, cy = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy"))
    mira = world.make_mentor(stream)
    world.rank(stream, mira, cy, ada, would_take=1)
    assert world.places_of(stream) == [(cy.code, True), (ada.code, False)]
    rows = ranking_rows(stream, mira)
    assert [row.application for row in rows] == [cy, ada, bo]
    assert [row.rank for row in rows] == [1, 2, None]


def test_rank_applications_refuses_a_lost_update() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada = world.make_applicant(cohort, stream)
    mira, noor = world.make_mentor(stream, "Mira"), world.make_mentor(stream, "Noor")
    world.rank(stream, mira, ada)
    with pytest.raises(StaleRanking) as refusal:
        rank_applications(stream=stream, ordered=[], would_take=0, expected_revision=0, by=noor)
    assert refusal.value.sentence.startswith("Mira saved this ranking meanwhile.")
    assert world.places_of(stream) == [(ada.code, True)]


def test_rank_applications_takes_only_the_streams_own_applicants() -> None:
    cohort = make.make_cohort()
    stream, other = make.make_stream(cohort), make.make_stream(cohort)
    ada, bo = world.make_applicant(cohort, stream), world.make_applicant(cohort, other, name="Bo")
    mira = world.make_mentor(stream)
    for wrong, error in (([bo.code], NotAnApplicantOfStream), ([ada.code] * 2, NamedTwice)):
        with pytest.raises(error):
            rank_applications(stream=stream, ordered=wrong, would_take=1, expected_revision=0, by=mira)
    withdraw_application(application=ada, by=ada.person)
    with pytest.raises(NotAnApplicantOfStream):
        rank_applications(stream=stream, ordered=[ada.code], would_take=1, expected_revision=0, by=mira)


def test_a_hidden_applicant_keeps_their_place_when_a_conflicted_mentor_saves() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    ada, bo, cy = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy"))
    mira, noor = world.make_mentor(stream, "Mira"), world.make_mentor(stream, "Noor")
    world.rank(stream, noor, ada, bo, cy, would_take=2)
    declare_conflict(application=bo, person=mira, kind=ConflictKind.FRIEND, by=mira)
    assert bo not in [row.application for row in ranking_rows(stream, mira)]
    world.rank(stream, mira, cy, ada, would_take=1)
    assert world.places_of(stream) == [(cy.code, True), (bo.code, True), (ada.code, False)]
    with pytest.raises(NotAnApplicantOfStream):
        world.rank(stream, mira, bo, ada)


def test_finish_ranking_needs_somebody_ranked() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    mira = world.make_mentor(stream)
    with pytest.raises(NobodyRanked):
        finish_ranking(stream=stream, by=mira)
    world.rank(stream, mira, world.make_applicant(cohort, stream))
    first = finish_ranking(stream=stream, by=mira).finished_at
    assert finish_ranking(stream=stream, by=mira).finished_at == first


def test_wanted_elsewhere_is_told_only_when_both_rankings_are_in() -> None:
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort), make.make_stream(cohort)
    ada = world.make_applicant(cohort, one, two)
    mira, noor = world.make_mentor(one, "Mira"), world.make_mentor(two, "Noor")
    rank_applications(stream=two, ordered=[ada.code], would_take=1, expected_revision=0, by=noor)
    world.rank(one, mira, ada)
    assert not ranking_rows(one, mira)[0].is_wanted_elsewhere
    finish_ranking(stream=two, by=noor)
    assert ranking_rows(one, mira)[0].is_wanted_elsewhere
    rank_applications(stream=two, ordered=[ada.code], would_take=0, expected_revision=1, by=noor)
    assert not ranking_rows(one, mira)[0].is_wanted_elsewhere


def test_between_streams_shows_staff_who_is_wanted_twice() -> None:
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort, "One"), make.make_stream(cohort, "Two")
    ada, bo = world.make_applicant(cohort, two, one), world.make_applicant(cohort, one, name="Bo")
    rui = world.make_staff(cohort)
    world.rank(one, rui, bo, ada)
    world.rank(two, rui, ada)
    (contest,) = between_streams(cohort, rui)
    assert contest.application == ada
    assert [(ranking.stream, ranking.rank, own) for ranking, own in contest.claims] == [(two, 1, 1), (one, 2, 2)]
    declare_conflict(application=ada, person=rui, kind=ConflictKind.FRIEND, by=rui)
    assert between_streams(cohort, rui) == []


def test_streams_status_counts_what_stands() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, seats=2)
    ada, bo = world.make_applicant(cohort, stream), world.make_applicant(cohort, stream, name="Bo")
    mira = world.make_mentor(stream)
    world.rank(stream, mira, ada, bo, would_take=1)
    (status,) = streams_status(cohort)
    assert (status.applicants, status.ranked, status.acceptable, status.free) == (2, 2, 1, 2)
    assert status.is_in
    withdraw_application(application=bo, by=bo.person)
    (status,) = streams_status(cohort)
    assert (status.applicants, status.ranked) == (1, 1)
