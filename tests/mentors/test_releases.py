"""Releases: two people, a hold, letters that cannot go to the wrong group, and nothing before the instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from applications.models import Application
from applications.services import withdraw_application
from mats_portal.cohorts.models import Cohort, Extension, Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.errors import (
    CountDiffers,
    NothingToRelease,
    ReleaseNotReady,
    ReleaseOver,
    ReleaseUnderWay,
    SecondPersonMissing,
)
from mentors.models import Decision, Offer, Release
from mentors.models.releases import HOLD
from mentors.selectors import offers_visible_to
from mentors.selectors.releases import gaps_of, proposals
from mentors.selectors.told import decisions_told_to, reserves_of
from mentors.services import (
    carry_out_release,
    carry_out_releases,
    confirm_release,
    leave_out,
    note_decision,
    offer_to_reserve,
    prepare_offers,
    prepare_release,
    rank_applications,
    renew_release,
    run_matching,
    set_round_aside,
    stop_release,
    word_release,
)
from mentors.services.confirming import letter_of
from mentors.services.releasing import Wording
from mentors.states import DecisionKind, FeedbackGroup, OfferState, ReasonTag, ReleaseState, RoundState
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db
ALL = tuple(DecisionKind)


def make_round() -> tuple[Cohort, Stream, Person]:
    """One seat: Ada gets the offer, Bo is next, Cy below the bar, Di read and not ranked, Ed not read."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Oversight", seats=1)
    rui = world.make_staff(cohort)
    ada, bo, cy, di, _ = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy", "Di", "Ed"))
    world.make_assessment(di, world.make_reviewer(cohort))
    world.rank(stream, rui, ada, bo, cy, would_take=2)
    prepare_offers(made=run_matching(cohort=cohort, by=rui), by=rui)
    return cohort, stream, rui


def make_worded(cohort: Cohort, rui: Person) -> Release:
    """A draft of everything, with feedback for every group."""
    release = prepare_release(cohort=cohort, kinds=ALL, by=rui)
    words = release.words.filter(kind=DecisionKind.REJECTION)
    word_release(release=release, wordings=dict.fromkeys(words, world.FEEDBACK), by=rui)
    return release


def confirm(release: Release) -> Release:
    """Ines agrees."""
    ines = world.second_person(release.cohort)
    return confirm_release(release=release, typed_count=release.decisions.count(), by=ines)


def of(name: str) -> Application:
    """Somebody's application."""
    return Application.objects.get(person__name=name)


def test_prepare_release_gathers_everybody_once_in_their_group() -> None:
    cohort, _, rui = make_round()
    release = prepare_release(cohort=cohort, kinds=ALL, by=rui)
    rows = release.decisions.values_list("application__person__name", "kind", "words__group")
    assert sorted(rows) == [
        ("Ada", "offer", ""),
        ("Bo", "reserve", ""),
        ("Cy", "rejection", "ranked"),
        ("Di", "rejection", "read"),
        ("Ed", "rejection", "unread"),
    ]
    assert not Letter.objects.exists()
    with pytest.raises(ReleaseUnderWay):
        prepare_release(cohort=cohort, kinds=ALL, by=rui)


def test_nothing_to_tell_is_said() -> None:
    cohort = make.make_cohort()
    with pytest.raises(NothingToRelease):
        prepare_release(cohort=cohort, kinds=ALL, by=world.make_staff(cohort))
    assert not Release.objects.exists()


def test_a_release_goes_out_at_its_instant_and_not_before() -> None:
    cohort, _, rui = make_round()
    release = confirm(make_worded(cohort, rui))
    assert (release.state, carry_out_releases()) == (ReleaseState.HOLDING, 0)
    assert not Letter.objects.exists()
    ada = of("Ada").person
    assert not offers_visible_to(ada).exists()
    assert not decisions_told_to(of("Cy").person).exists()
    release = world.hold_is_over(release)
    assert release.state == ReleaseState.SENT
    kinds = dict(Letter.objects.values_list("recipient__name", "kind"))
    assert kinds == {"Ada": "offer", "Bo": "reserve", "Cy": "rejection", "Di": "rejection", "Ed": "rejection"}
    assert offers_visible_to(ada).get().state == OfferState.RELEASED
    assert decisions_told_to(of("Cy").person).get().kind == DecisionKind.REJECTION
    assert release.round is not None
    assert (release.round.state, release.round.released_by) == (RoundState.RELEASED, release.confirmed_by)


def test_what_was_read_is_what_is_sent() -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    note_decision(decision=release.decisions.get(application=of("Cy")), note="Your second answer was good.", by=rui)
    read = {one.application.person.name: letter_of(one).text for one in release.decisions.all()}
    world.hold_is_over(confirm(release))
    assert dict(Letter.objects.values_list("recipient__name", "text")) == read
    assert "Your second answer was good." in read["Cy"]
    assert "Your second answer was good." not in read["Di"]
    assert "5 people applied for 60 seats. 1 has an offer, and 1 is on the reserve." in read["Bo"]
    assert ReasonTag.DEPTH.label in read["Di"]


def test_a_release_takes_two_people_also_for_the_database() -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    with pytest.raises(SecondPersonMissing):
        confirm_release(release=release, typed_count=5, by=rui)
    held = {"state": ReleaseState.HOLDING, "confirmed_at": Now(), "goes_at": Now() + HOLD, "confirmed_by": rui}
    with pytest.raises(IntegrityError, match="a_release_takes_two_people"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**held)
    ines = world.second_person(cohort)
    with pytest.raises(IntegrityError, match="a_release_is_held_before_it_goes"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**held | {"confirmed_by": ines, "goes_at": Now()})
    # Whoever changes it becomes the one who prepared it, and cannot confirm it then.
    note_decision(decision=release.decisions.get(application=of("Cy")), note="Good.", by=ines)
    with pytest.raises(SecondPersonMissing):
        confirm_release(release=release, typed_count=5, by=ines)
    assert confirm_release(release=release, typed_count=5, by=rui).state == ReleaseState.HOLDING


def test_confirming_wants_the_number_and_everything_said() -> None:
    cohort, _, rui = make_round()
    release = prepare_release(cohort=cohort, kinds=ALL, by=rui)
    ines = world.second_person(cohort)
    with pytest.raises(ReleaseNotReady):
        confirm_release(release=release, typed_count=5, by=ines)
    assert len(gaps_of(release)) == 3
    words = release.words.filter(kind=DecisionKind.REJECTION)
    word_release(release=release, wordings=dict.fromkeys(words, Wording("We looked for worked-out points.")), by=rui)
    assert len(gaps_of(release)) == 3  # No reason yet.
    word_release(release=release, wordings=dict.fromkeys(words, world.FEEDBACK), by=rui)
    with pytest.raises(CountDiffers) as refusal:
        confirm_release(release=release, typed_count=4, by=ines)
    assert "You typed 4, and 5 letters would go out." in refusal.value.sentence


def test_hollow_praise_holds_a_release_back_unless_it_is_true_of_all() -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    (group,) = release.words.filter(group=FeedbackGroup.READ)
    praise = Wording("We were very impressed by your application.", (ReasonTag.FIT,))
    word_release(release=release, wordings={group: praise}, by=rui)
    assert gaps_of(release) == [
        "“Read, ranked by no stream” says “very impressed by”, which tells its readers nothing. Say what weighed."
    ]
    word_release(release=release, wordings={group: Wording(praise.text, praise.tags, praise_is_true=True)}, by=rui)
    assert gaps_of(release) == []
    note_decision(decision=release.decisions.get(application=of("Cy")), note="A strong field this year.", by=rui)
    assert len(gaps_of(release)) == 1


def test_the_database_refuses_a_letter_for_another_group() -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    rejected, offered = (release.decisions.get(application=of(name)) for name in ("Cy", "Ada"))
    wrong: list[tuple[Decision, dict[str, Any]]] = [
        (rejected, {"words": offered.words}),
        (rejected, {"kind": "offer"}),
        (rejected, {"kind": "offer", "words": offered.words, "offer": offered.offer}),
        (offered, {"offer": None}),
        (rejected, {"application": offered.application}),
    ]
    for decision, changes in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**changes)


def test_what_was_confirmed_cannot_be_changed_by_any_door() -> None:
    cohort, _, rui = make_round()
    release = confirm(make_worded(cohort, rui))
    decision = release.decisions.get(application=of("Cy"))
    with pytest.raises(ReleaseOver):
        note_decision(decision=decision, note="Late.", by=rui)
    with pytest.raises(ReleaseOver):
        leave_out(decision=decision, by=rui)
    for rows in (release.decisions, release.words):
        with pytest.raises(IntegrityError, match="what was confirmed"), transaction.atomic():
            rows.update(text="Other.")
    release.decisions.update(subject="", text="", note="")  # As the erasure of somebody does.


def test_either_can_stop_it_within_the_hold_and_everything_is_as_before() -> None:
    cohort, _, rui = make_round()
    before = proposals(cohort)
    release = make_worded(cohort, rui)
    note_decision(decision=release.decisions.get(application=of("Cy")), note="For you.", by=rui)
    confirm(release)
    stop_release(release=release, by=rui)
    assert (release.state, world.hold_is_over(release).state) == (ReleaseState.STOPPED, ReleaseState.STOPPED)
    assert not Letter.objects.exists()
    assert proposals(cohort) == before
    with pytest.raises(ReleaseOver):
        stop_release(release=release, by=rui)
    again = renew_release(release=release, by=rui)
    assert gaps_of(again) == []
    assert again.decisions.get(application=of("Cy")).note == "For you."


def test_somebody_left_out_is_told_nothing_and_comes_next_time() -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    leave_out(decision=release.decisions.get(application=of("Cy")), by=rui)
    world.hold_is_over(confirm(release))
    assert not Letter.objects.filter(recipient__name="Cy").exists()
    following = prepare_release(cohort=cohort, kinds=ALL, by=rui)
    assert [one.application.person.name for one in following.decisions.all()] == ["Cy"]


@pytest.mark.parametrize("what", ["withdrawn", "ranking", "set aside", "extension", "date"])
def test_whatever_changes_within_the_hold_stops_the_release(what: str) -> None:
    cohort, stream, rui = make_round()
    release = confirm(make_worded(cohort, rui))
    if what == "withdrawn":
        withdraw_application(application=of("Cy"), by=of("Cy").person)
    elif what == "ranking":
        codes = [of(name).code for name in ("Bo", "Ada", "Cy")]
        rank_applications(stream=stream, ordered=codes, would_take=2, expected_revision=1, by=rui)
    elif what == "set aside":
        assert release.round is not None
        set_round_aside(made=release.round, by=rui)
    elif what == "extension":
        due = cohort.milestones.get(kind=MilestoneKind.ANSWERS_DUE).at
        later = {"at": due + HOLD * 600, "reason": "Exams", "given_by": rui}
        Extension.objects.create(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE, person=of("Ada").person, **later)
    else:
        cohort.milestones.filter(kind=MilestoneKind.ANSWERS_DUE).update(at=Now())
    release = world.hold_is_over(release)
    assert (release.state, release.ended_by) == (ReleaseState.STOPPED, None)
    assert "Prepare it anew" in release.ended_why
    assert not Letter.objects.filter(kind__in=["offer", "reserve", "rejection"]).exists()
    assert not Offer.objects.seen_by_applicant().exists()


def test_the_reserve_is_told_how_it_moves_and_when_it_is_over() -> None:
    cohort, stream, rui = make_round()
    world.hold_is_over(confirm(make_worded(cohort, rui)))
    bo = of("Bo")
    (reserve,) = reserves_of(decisions_told_to(bo.person).get())
    assert (reserve.stream, reserve.waiting, reserve.called, reserve.unanswered) == (stream, 1, 0, 1)
    assert (reserve.moved_at, reserve.ends_at) == (None, Offer.objects.get().expires_at)
    assert [one.group for one in proposals(cohort)] == [FeedbackGroup.RESERVE]
    world.release_all(cohort, rui, close_reserve=True)
    last = decisions_told_to(bo.person)[0]
    assert (last.kind, proposals(cohort)) == (DecisionKind.REJECTION, [])
    assert "No further seat" in last.text


def test_a_call_from_the_reserve_moves_the_counts() -> None:
    cohort, stream, rui = make_round()
    world.hold_is_over(confirm(make_worded(cohort, rui)))
    decision = decisions_told_to(of("Bo").person).get()
    Offer.objects.update(state=OfferState.DECLINED, answered_at=Now())
    assert offer_to_reserve(stream=stream, by=None) is not None
    (reserve,) = reserves_of(decision)
    assert (reserve.waiting, reserve.called, reserve.unanswered) == (0, 1, 1)
    assert reserve.moved_at is not None
    assert proposals(cohort) == []


@pytest.mark.django_db(transaction=True)
def test_a_release_carried_out_by_many_at_once_goes_out_once() -> None:
    cohort, _, rui = make_round()
    release = confirm(make_worded(cohort, rui))
    Release.objects.update(confirmed_at=Now() - HOLD * 2, goes_at=Now() - HOLD)

    def send(_: int) -> bool:
        try:
            return carry_out_release(release=release)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [False, False, False, True]
    assert Letter.objects.count() == 5
