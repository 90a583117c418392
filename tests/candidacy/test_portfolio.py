"""The portfolio of agendas: seats and demand, one person once a line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mentors.candidacy.portfolio import portfolio_of
from mentors.candidacy.reports import compile_portfolio
from tests import make
from tests.conftest import SignIn
from tests.mentors.test_sizes import asked
from tests.mentors.world import make_applicant, make_mentor, make_staff

pytestmark = pytest.mark.django_db


def test_a_person_counts_once_an_agenda() -> None:
    cohort = make.make_cohort()
    track = make.make_track(cohort)
    first, second = (make.make_stream(cohort, agenda="oversight", track=track, seats=3) for _ in range(2))
    third = make.make_stream(cohort, agenda="governance", viewpoint="slow", seats=2)
    make_mentor(first)
    make_applicant(cohort, first, second, third)
    make_applicant(cohort, third, first)
    found = portfolio_of(cohort)
    oversight, governance = found.agendas
    assert (oversight.streams, oversight.committed, oversight.seats) == (2, 1, 6)
    assert (oversight.applicants, oversight.firsts, oversight.per_seat) == (2, 1, 0.3)
    assert (governance.track, governance.applicants, governance.firsts) == ("No track", 2, 1)
    assert [line.name for line in found.tracks] == ["Empirical", "No track"]
    assert [line.name for line in found.viewpoints] == ["No viewpoint named", "slow"]
    assert (found.total.applicants, found.total.seats) == (2, 8)


def test_evenness_is_the_number_of_equal_agendas() -> None:
    cohort = make.make_cohort()
    for agenda in ("a", "b", "c"):
        make.make_stream(cohort, agenda=agenda, seats=2)
    assert portfolio_of(cohort).effective_agendas == 3
    make.make_stream(cohort, agenda="a", seats=94)
    assert 1 <= portfolio_of(cohort).effective_agendas < 1.2


def test_a_cohort_without_streams_has_an_empty_portfolio() -> None:
    cohort = make.make_cohort()
    assert portfolio_of(cohort).effective_agendas == 0
    assert compile_portfolio(cohort).answer == "No stream has a seat yet."


def test_the_report_says_how_even_the_seats_are() -> None:
    cohort = make.make_cohort()
    for agenda in ("a", "b"):
        make.make_stream(cohort, agenda=agenda, seats=2)
    told = compile_portfolio(cohort)
    assert "4 seats in 2 streams on 2 agendas, spread as evenly as 2 agendas" in told.answer
    assert [table.title for table in told.tables] == ["By agenda", "By track", "By viewpoint"]


def test_the_page_asks_the_same_of_few_and_of_many(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    client, url = sign_in(make_staff(cohort)), reverse("candidacy:portfolio", args=[cohort.slug])
    make_applicant(cohort, make.make_stream(cohort, agenda="a"))
    few = asked(client, url)
    for agenda in "bcd":
        make_applicant(cohort, make.make_stream(cohort, agenda=agenda))
    assert asked(client, url) == few <= 12
