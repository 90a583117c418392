"""Ask, take, note, hand over, close."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mats_portal.outbox.models import Letter
from scholars.support.models import SupportNote, SupportRequest
from scholars.support.selectors import waiting_in
from scholars.support.services.requests import (
    Ending,
    NoLongerOpen,
    NotAScholarHere,
    NotSupportHere,
    NotYours,
    TakenByAnother,
    close_request,
    hand_over_request,
    plan_request,
    reopen_request,
    take_back_request,
    take_request,
    write_note,
)
from scholars.support.states import Closing, RequestState
from tests import make
from tests.scholars.support.conftest import World, ask

pytestmark = pytest.mark.django_db(databases=["default", "support"])


def test_request_sent_twice_asks_once(world: World) -> None:
    first = ask(world["sid"], world.cohort, key="one")
    assert ask(world["sid"], world.cohort, key="one") == first
    assert ask(world["sid"], world.cohort, key="two") != first


@pytest.mark.parametrize("name", ["mira", "rui", "sol", "nobody", "alma"])
def test_request_is_for_scholars_of_the_cohort(world: World, name: str) -> None:
    with pytest.raises(NotAScholarHere):
        ask(world[name], world.cohort)
    with pytest.raises(NotAScholarHere):
        ask(world["sam"], make.make_cohort())


def test_request_is_taken_by_one(world: World) -> None:
    waiting = ask(world["sid"], world.cohort)
    take_request(by=world["sol"], request=waiting)
    take_request(by=world["sol"], request=waiting)
    with pytest.raises(TakenByAnother):
        take_request(by=world["sue"], request=waiting)
    with pytest.raises(NotSupportHere):
        take_request(by=world["rui"], request=waiting)
    waiting.refresh_from_db()
    assert waiting.taken_by_code == world["sol"].code


def test_note_is_written_once_and_only_by_who_has_the_request(world: World) -> None:
    for key in ("same", "same", "other"):
        write_note(by=world["sol"], request=world.request, text="seen", form_key=key)
    assert SupportNote.objects.filter(text="seen").count() == 2
    for name in ("sue", "sam", "rui"):
        with pytest.raises(NotYours):
            write_note(by=world[name], request=world.request, text="no", form_key=name)


def test_hand_over_moves_the_right_to_write(world: World) -> None:
    with pytest.raises(NotSupportHere):
        hand_over_request(by=world["sol"], request=world.request, to=world["rui"])
    hand_over_request(by=world["sol"], request=world.request, to=world["sue"])
    with pytest.raises(NotYours):
        plan_request(by=world["sol"], request=world.request, meet_at=timezone.now(), follow_up_on=None)
    plan_request(by=world["sue"], request=world.request, meet_at=timezone.now(), follow_up_on=timezone.localdate())


def test_closing_says_how_and_can_be_undone(world: World) -> None:
    with pytest.raises(NotYours):
        close_request(by=world["sue"], request=world.request, ending=Ending(Closing.SOLVED))
    close_request(by=world["sol"], request=world.request, ending=Ending(Closing.SOLVED, Decimal("2.5")))
    closed = SupportRequest.objects.get(pk=world.request.pk)
    assert (closed.state, closed.closing, closed.hours_saved) == (RequestState.CLOSED, Closing.SOLVED, Decimal("2.5"))
    with pytest.raises(NoLongerOpen):
        take_back_request(by=world["sam"], request=closed)
    reopen_request(by=world["sol"], request=closed)
    closed.refresh_from_db()
    assert (closed.state, closed.closed_at) == (RequestState.TAKEN, None)


def test_request_is_taken_back_by_its_scholar_only(world: World) -> None:
    with pytest.raises(NoLongerOpen):
        take_back_request(by=world["sid"], request=world.request)
    take_back_request(by=world["sam"], request=world.request)
    world.request.refresh_from_db()
    assert world.request.state == RequestState.WITHDRAWN


def test_notice_goes_to_support_once_per_request_and_says_nothing(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(using="support", execute=True):  # type: ignore[operator]
        ask(world["sid"], world.cohort, text="a very private thing", key="x")
        ask(world["sid"], world.cohort, text="a very private thing", key="x")
    letters = list(Letter.objects.all())
    assert {letter.recipient for letter in letters} == {world["sol"], world["sue"]}
    assert len(letters) == 2
    for letter in letters:
        told = f"{letter.subject} {letter.text} {letter.key} {letter.about} {letter.cohort_slug} {letter.kind}"
        for hidden in ("private", "Sid", world["sid"].code, world.cohort.name, world.cohort.slug):
            assert hidden not in told


def test_ended_support_person_can_do_nothing(world: World) -> None:
    world.cohort.memberships.filter(person=world.people["sol"]).update(until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotYours):
        write_note(by=world["sol"], request=world.request, text="no", form_key="late")


def test_home_of_support_counts_what_nobody_has_taken(world: World) -> None:
    asked, other = ask(world["sid"], world.cohort, key="one"), make.make_cohort()
    here, there = waiting_in([world.cohort, other])
    assert (here.count, here.oldest) == (1, asked.asked_at)
    assert (there.count, there.oldest) == (0, None)
