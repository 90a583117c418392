"""Erasing somebody who offered to mentor: words go, figures stay, an undecided offer is taken back."""

from __future__ import annotations

import pytest

from mentors.candidacy.erasing import ERASURE, kept
from mentors.candidacy.models import Candidacy, CoMentor, Rating
from mentors.candidacy.selectors import digest_of_decisions, planned_decisions, seat_totals
from mentors.candidacy.services import plan_seats, rate_candidacy, send_decisions
from mentors.candidacy.states import CandidacyState
from tests import make
from tests.candidacy import world
from tests.mentors.world import make_reviewer, make_staff

pytestmark = pytest.mark.django_db


def test_words_go_and_seats_stay_as_figures() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort, co_mentors=(("Nia", "nia@example.org"),))
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    rate_candidacy(candidacy=candidacy, value=4, seats=2, comment="I know her work well.", by=gil)
    plan_seats(cohort=cohort, seats={candidacy.code: 2}, by=rui)
    send_decisions(cohort=cohort, digest=digest_of_decisions(planned_decisions(rui, cohort)), by=rui)
    for _ in range(2):
        ERASURE.erase(candidacy.person)
    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.seats_given) == (CandidacyState.ACCEPTED, 2)
    assert "Debate" not in candidacy.plan
    assert not CoMentor.objects.exists()
    assert Rating.objects.get().comment == ""
    assert seat_totals(cohort).given == 2


def test_an_undecided_offer_is_taken_back() -> None:
    candidacy = world.make_candidacy(world.make_cohort())
    ERASURE.erase(candidacy.person)
    assert Candidacy.objects.get().state == CandidacyState.WITHDRAWN


def test_who_was_named_by_another_is_named_no_more() -> None:
    nia = make.make_person("Nia")
    candidacy = world.make_candidacy(world.make_cohort(), co_mentors=(("Nia", nia.email),))
    assert [part.count for part in ERASURE.preview(nia)] == [0, 1, 0]
    ERASURE.erase(nia)
    assert not candidacy.co_mentors.exists()
    candidacy.refresh_from_db()
    assert "Debate" in candidacy.plan


def test_only_who_offered_reads_that_offers_are_kept() -> None:
    candidacy = world.make_candidacy(world.make_cohort())
    assert len(kept(candidacy.person)) == 1
    assert kept(make.make_person("Nobody")) == []
