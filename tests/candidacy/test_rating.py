"""Experts rate candidacies: several each, blind until one's own is in, never with a tie."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mats_portal.cohorts.states import CohortRole
from mats_portal.outbox.kinds import letter_kind
from mats_portal.outbox.models import Letter
from mentors.candidacy.errors import AskChanged, NobodyToAsk, NotARating, NotAsked
from mentors.candidacy.models import Rating
from mentors.candidacy.policies import can_rate_candidacy
from mentors.candidacy.selectors import (
    ask_plan,
    candidacies_visible_to,
    candidacy_rows,
    ratings_visible_to,
)
from mentors.candidacy.services import ask_experts, declare_tie, rate_candidacy, withdraw_candidacy
from mentors.states import ConflictKind
from tests import make
from tests.candidacy import world
from tests.conftest import SignIn
from tests.mentors.world import make_reviewer, make_staff

pytestmark = pytest.mark.django_db


def rate(candidacy: object, by: object, value: int | None = 4, seats: int | None = None) -> Rating:
    """The expert's rating."""
    return rate_candidacy(candidacy=candidacy, value=value, seats=seats, comment="Sound.", by=by)  # type: ignore[arg-type]


def test_experts_are_asked_evenly_and_get_one_letter() -> None:
    cohort = world.make_cohort()
    for _ in range(4):
        world.make_candidacy(cohort)
    rui, gil, bea = make_staff(cohort), make_reviewer(cohort), make_reviewer(cohort, "Bea")
    world.ask(cohort, rui, gil, bea, opinions=1)
    assert [Rating.objects.of(one).count() for one in (gil, bea)] == [2, 2]
    assert Letter.objects.filter(kind="candidacies to rate").count() == 2


def test_asking_again_adds_only_what_is_lacking() -> None:
    cohort = world.make_cohort()
    world.make_candidacy(cohort)
    rui, gil, bea = make_staff(cohort), make_reviewer(cohort), make_reviewer(cohort, "Bea")
    world.ask(cohort, rui, gil)
    world.ask(cohort, rui, gil, bea)
    assert Rating.objects.count() == 2
    with pytest.raises(NobodyToAsk):
        world.ask(cohort, rui, gil, bea)


def test_a_stale_preview_is_refused() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    shown = ask_plan(cohort, experts=[gil], opinions=1)
    declare_tie(candidacy=candidacy, kind=ConflictKind.FRIEND, by=gil)
    with pytest.raises(AskChanged):
        ask_experts(cohort=cohort, experts=[gil], opinions=1, digest=shown.digest, by=rui)
    assert not Rating.objects.exists()


def test_nobody_rates_their_own_or_one_they_would_mentor_in() -> None:
    cohort = world.make_cohort()
    gil, bea = make_reviewer(cohort), make_reviewer(cohort, "Bea")
    world.make_candidacy(cohort, gil, co_mentors=(("Bea", bea.email),))
    assert ask_plan(cohort, experts=[gil, bea], opinions=2).pairs == []
    assert not candidacies_visible_to(gil).exists()


def test_others_ratings_show_when_the_own_is_in() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil, bea = make_staff(cohort), make_reviewer(cohort), make_reviewer(cohort, "Bea")
    world.ask(cohort, rui, gil, bea)
    rate(candidacy, gil, 5)
    assert not ratings_visible_to(bea).given().exists()
    rate(candidacy, bea, 2)
    assert {one.value for one in ratings_visible_to(bea).given()} == {5, 2}


def test_staff_who_owe_a_rating_see_no_mean_either() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil, rui)
    rate(candidacy, gil, 5)
    opinion = candidacy_rows(rui, cohort)[0].opinion
    assert (opinion.n, opinion.mean, opinion.asked) == (0, None, 2)
    rate(candidacy, rui, 2)
    opinion = candidacy_rows(rui, cohort)[0].opinion
    assert (opinion.n, opinion.mean, opinion.low, opinion.high) == (2, 3.5, 2, 5)
    assert opinion.words == "n = 2, 2 to 5"


def test_a_declared_tie_takes_the_candidacy_and_the_rating_away(sign_in: SignIn) -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    rate(candidacy, gil, 5)
    client = sign_in(gil)
    url = reverse("candidacy:tie", args=[cohort.slug, candidacy.code])
    assert client.post(url, {"kind": "co_author"}).status_code == 302
    assert client.get(candidacy.get_absolute_url()).status_code == 404
    assert candidacy_rows(rui, cohort)[0].opinion.n == 0
    with pytest.raises(NotAsked):
        rate(candidacy, gil, 5)


@pytest.mark.parametrize(("value", "seats"), [(None, None), (0, None), (6, None), (3, -1), (3, 31)])
def test_a_rating_is_one_to_five(value: int | None, seats: int | None) -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    with pytest.raises(NotARating):
        rate(candidacy, gil, value, seats)


def test_only_who_was_asked_rates() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    gil = make_reviewer(cohort)
    assert not can_rate_candidacy(gil, candidacy).allowed
    with pytest.raises(NotAsked):
        rate(candidacy, gil)


def test_the_letter_is_not_sent_to_who_has_rated() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    letter, due = Letter.objects.get(kind="candidacies to rate"), letter_kind("candidacies to rate").still_due
    assert due is not None
    assert due(letter)
    rate(candidacy, gil)
    assert not due(letter)


def test_a_withdrawn_offer_vanishes_for_experts() -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    withdraw_candidacy(candidacy=candidacy, by=candidacy.person)
    assert not candidacies_visible_to(gil).exists()
    assert candidacies_visible_to(rui).exists()


def test_an_expert_rates_one_after_the_other(sign_in: SignIn) -> None:
    cohort = world.make_cohort()
    first, second = world.make_candidacy(cohort), world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    client = sign_in(gil)
    assert "2 mentors to rate" in client.get("/").content.decode()
    empty = client.post(first.get_absolute_url(), {"comment": "Not yet sure."})
    assert "Choose a point" in empty.content.decode()
    assert "Not yet sure." in empty.content.decode()
    answer = client.post(first.get_absolute_url(), {"value": "4", "seats": "2"})
    assert answer["Location"] == second.get_absolute_url()
    answer = client.post(second.get_absolute_url(), {"value": "2"})
    assert answer["Location"] == reverse("candidacy:rate", args=[cohort.slug])
    assert "All your ratings are in" in client.get(answer["Location"]).content.decode()


def test_a_candidate_sees_neither_ratings_nor_plans(sign_in: SignIn) -> None:
    cohort = world.make_cohort()
    candidacy = world.make_candidacy(cohort)
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    world.ask(cohort, rui, gil)
    client = sign_in(candidacy.person)
    url = reverse("candidacy:offer", args=[cohort.slug])
    pages = (url, "/", cohort.get_absolute_url())
    before = [client.get(page).content for page in pages]
    rate_candidacy(candidacy=candidacy, value=1, seats=0, comment="Thin.", by=gil)
    candidacy.__class__.objects.update(seats_given=0, word="Sorry.")
    assert [strip(page) for page in before] == [strip(client.get(page).content) for page in pages]
    make.make_membership(candidacy.person, cohort, CohortRole.REVIEWER)
    assert sign_in(candidacy.person).get(candidacy.get_absolute_url()).status_code == 404


def strip(content: bytes) -> str:
    """A page without what differs on every request."""
    return "\n".join(line for line in content.decode().splitlines() if "csrf" not in line and "nonce" not in line)
