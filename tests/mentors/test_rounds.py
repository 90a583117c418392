"""From the matching to released offers: nothing stale, nothing twice, nothing beyond the seats."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from applications.services import withdraw_application
from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.errors import (
    NoOffersInRound,
    NothingToMatch,
    NothingToRelease,
    ReleaseNotReady,
    RoundStale,
)
from mentors.market import matching_of
from mentors.models import Offer, SelectionRound
from mentors.selectors import offers_visible_to
from mentors.selectors.offers import canonical
from mentors.selectors.rounds import reruns_identically, result_for, result_of
from mentors.services import declare_conflict, prepare_offers, prepare_release, run_matching, set_round_aside
from mentors.states import ConflictKind, DecisionKind, OfferState, RoundState
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_market() -> tuple[Cohort, Person]:
    """Two streams of one seat; Ada wanted by both and preferring the second, Bo and Cy by the first."""
    cohort = make.make_cohort()
    one, two = (make.make_stream(cohort, name, seats=1) for name in ("One", "Two"))
    rui = world.make_staff(cohort)
    ada, bo = world.make_applicant(cohort, two, one), world.make_applicant(cohort, one, name="Bo")
    world.rank(one, rui, ada, bo, world.make_applicant(cohort, one, name="Cy"))
    world.rank(two, rui, ada)
    return cohort, rui


def pairs_of(made: SelectionRound) -> dict[str, str]:
    """The result with names."""
    offers = Offer.objects.filter(round=made)
    return {offer.application.person.name: offer.stream.name for offer in offers}


def test_run_matching_saves_inputs_result_and_hashes_and_tells_nobody() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    assert (made.number, made.state, len(made.result["pairs"])) == (1, RoundState.MADE, 2)
    assert made.result["blocking_pairs"] == 0
    assert not Offer.objects.exists()
    assert not Letter.objects.exists()


def test_a_round_run_again_gives_the_same_bytes() -> None:
    cohort, rui = make_market()
    first, second = run_matching(cohort=cohort, by=rui), run_matching(cohort=cohort, by=rui)
    assert (first.inputs_hash, first.result_hash) == (second.inputs_hash, second.result_hash)
    stored = SelectionRound.objects.get(pk=first.pk)
    assert canonical(result_of(matching_of(stored.inputs))) == canonical(first.result)
    assert reruns_identically(stored)
    stored.result["pairs"].clear()
    assert not reruns_identically(stored)


def test_run_matching_needs_a_ranking() -> None:
    cohort = make.make_cohort()
    world.make_applicant(cohort, make.make_stream(cohort))
    with pytest.raises(NothingToMatch):
        run_matching(cohort=cohort, by=world.make_staff(cohort))


def test_prepared_offers_are_the_staffs_secret() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    assert prepare_offers(made=made, by=rui) == 2
    assert pairs_of(made) == {"Ada": "Two", "Bo": "One"}
    offer = Offer.objects.get(application__person__name="Ada")
    mira = world.make_mentor(offer.stream)
    assert offers_visible_to(rui).count() == 2
    assert not offers_visible_to(offer.application.person).exists()
    assert not offers_visible_to(mira).exists()
    assert not Letter.objects.exists()
    world.release_all(cohort, rui, DecisionKind.OFFER)
    assert offers_visible_to(offer.application.person).get() == offer
    assert offers_visible_to(mira).get() == offer


def test_release_offers_sends_one_letter_each_and_holds_until_answers_are_due() -> None:
    cohort, rui = make_market()
    made = world.release_round(cohort, rui)
    due = Milestone.objects.get(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE).at
    assert set(Offer.objects.values_list("state", "expires_at")) == {(OfferState.RELEASED, due)}
    assert (made.state, made.released_by) == (RoundState.RELEASED, world.second_person(cohort))
    letters = Letter.objects.filter(kind="offer")
    assert {letter.recipient.name for letter in letters if letter.recipient} == {"Ada", "Bo"}
    with pytest.raises(NothingToRelease):
        prepare_release(cohort=cohort, kinds=[DecisionKind.OFFER], by=rui)
    assert letters.count() == 2


def test_an_extension_holds_that_persons_offer_longer() -> None:
    cohort, rui = make_market()
    ada = Person.objects.get(name="Ada")
    later = Milestone.objects.get(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE).at + timedelta(days=3)
    Extension.objects.create(
        cohort=cohort, kind=MilestoneKind.ANSWERS_DUE, person=ada, at=later, reason="Exams", given_by=rui
    )
    world.release_round(cohort, rui)
    assert Offer.objects.get(application__person=ada).expires_at == later


@pytest.mark.parametrize("days", [None, -1])
def test_release_offers_needs_a_date_for_answers_in_the_future(days: int | None) -> None:
    cohort, rui = make_market()
    due = Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE)
    if days is None:
        due.delete()
    else:
        due.update(at=Now())
    prepare_offers(made=run_matching(cohort=cohort, by=rui), by=rui)
    with pytest.raises(ReleaseNotReady):
        world.release_all(cohort, rui, DecisionKind.OFFER)
    assert Offer.objects.pending().count() == 2
    assert not Letter.objects.exists()


def test_a_round_is_stale_when_a_ranking_changed_after_it() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    prepare_offers(made=made, by=rui)
    one = cohort.streams.get(name="One")
    world.rank(one, rui, *reversed([ranking.application for ranking in one.rankings.all()]))
    with pytest.raises(RoundStale):
        prepare_release(cohort=cohort, kinds=[DecisionKind.OFFER], by=rui)


@pytest.mark.parametrize("what", ["withdrawn", "seats", "ceiling"])
def test_a_round_is_stale_when_anything_it_was_run_on_changed(what: str) -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    if what == "withdrawn":
        application = Person.objects.get(name="Cy").applications.get()
        withdraw_application(application=application, by=application.person)
    elif what == "seats":
        cohort.streams.filter(name="One").update(seats=2)
    else:
        Cohort.objects.filter(pk=cohort.pk).update(seats=1)
    with pytest.raises(RoundStale):
        prepare_offers(made=made, by=rui)
    assert not Offer.objects.exists()


def test_a_round_run_before_offers_went_out_cannot_be_released_after() -> None:
    cohort, rui = make_market()
    early = run_matching(cohort=cohort, by=rui)
    world.release_round(cohort, rui)
    with pytest.raises(RoundStale):
        prepare_offers(made=early, by=rui)


def test_settled_applicants_and_their_seats_are_left_out_of_the_next_run() -> None:
    cohort, rui = make_market()
    world.release_round(cohort, rui)
    second = run_matching(cohort=cohort, by=rui)
    assert set(second.inputs["seats"].values()) == {0}
    assert len(second.inputs["preferences"]) == 1
    assert second.result["pairs"] == {}
    with pytest.raises(NoOffersInRound):
        prepare_offers(made=second, by=rui)


def test_a_round_set_aside_frees_its_seats_silently() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    prepare_offers(made=made, by=rui)
    set_round_aside(made=made, by=rui)
    assert not Offer.objects.live().exists()
    assert not Letter.objects.exists()
    assert not offers_visible_to(Person.objects.get(name="Ada")).exists()
    with pytest.raises(NothingToRelease):
        prepare_release(cohort=cohort, kinds=[DecisionKind.OFFER], by=rui)
    assert len(run_matching(cohort=cohort, by=rui).result["pairs"]) == 2


def test_preparing_a_later_round_replaces_the_earlier_ones_offers() -> None:
    cohort, rui = make_market()
    first, second = run_matching(cohort=cohort, by=rui), run_matching(cohort=cohort, by=rui)
    prepare_offers(made=first, by=rui)
    assert run_matching(cohort=cohort, by=rui).inputs_hash == first.inputs_hash
    prepare_offers(made=second, by=rui)
    first.refresh_from_db()
    assert first.state == RoundState.REPLACED
    assert set(Offer.objects.pending().values_list("round", flat=True)) == {second.pk}
    assert world.release_all(cohort, rui, DecisionKind.OFFER).decisions.count() == 2


def test_the_ceiling_of_the_cohort_holds() -> None:
    cohort, rui = make_market()
    Cohort.objects.filter(pk=cohort.pk).update(seats=1)
    made = run_matching(cohort=cohort, by=rui)
    assert len(made.result["pairs"]) == 1
    world.release_round(cohort, rui)
    assert Offer.objects.live().count() == 1


def test_the_result_says_why_and_why_not() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    result = result_for(SelectionRound.objects.get(pk=made.pk), rui)
    assert {entry.stream.name: [row.application.person.name for row in entry.rows] for entry in result.streams} == {
        "One": ["Bo"],
        "Two": ["Ada"],
    }
    ((loser, reasons),) = result.unmatched
    assert loser.person.name == "Cy"
    assert reasons == ["One: place 3 there; its seats went as far as place 2."]
    assert (result.matched, result.first_choices, result.hidden, result.is_reproduced) == (2, 2, 0, True)


def test_the_result_leaves_out_whom_the_reader_has_a_tie_with() -> None:
    cohort, rui = make_market()
    made = run_matching(cohort=cohort, by=rui)
    ada = Person.objects.get(name="Ada").applications.get()
    declare_conflict(application=ada, person=rui, kind=ConflictKind.FRIEND, by=rui)
    result = result_for(SelectionRound.objects.get(pk=made.pk), rui)
    assert result.hidden == 1
    assert [row for entry in result.streams for row in entry.rows if row.application == ada] == []
