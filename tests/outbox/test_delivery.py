"""Lease one, send one, mark one; every way in which a mail server fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from mats_portal.jobs.models import Heartbeat
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters, lease_letter, post_letter, settle_cut_off_letters
from mats_portal.outbox.services.delivery import ATTEMPTS
from mats_portal.outbox.states import LetterState
from tests.make import make_person
from tests.outbox.conftest import NOTICE, OFFER, SEALED, SECRET, Furnish
from tests.outbox.smtp_sink import Mode, Sink

pytestmark = pytest.mark.django_db


def post(kind: LetterKind = NOTICE, number: int = 1, **more: Any) -> Letter:
    """A letter that is due now."""
    letter = post_letter(kind=kind, key=f"{kind.name}:{number}", facts={"who": "Ada"}, **{"to": None, **more})
    assert letter is not None
    return letter


def again(letter: Letter) -> Letter:
    """The letter as it stands now."""
    return Letter.objects.get(pk=letter.pk)


def test_letter_is_handed_over_once(sink: Sink) -> None:
    letter = post(to=make_person())
    assert deliver_letters() == 1
    assert deliver_letters() == 0
    (taken,) = sink.taken
    assert taken.recipients == [letter.address]
    assert taken.message["Subject"] == "News for Ada"
    assert taken.message["Message-ID"] == f"<letter.{letter.code}@localhost>"
    assert taken.message["To"] == letter.address
    assert taken.message.get_content_type() == "text/plain"
    sent = again(letter)
    assert (sent.state, sent.attempts, sent.lease_until) == (LetterState.SENT, 1, None)
    assert sent.sent_at is not None


@pytest.mark.parametrize("mode", [Mode.HANG, Mode.BUSY])
def test_letter_loses_no_attempt_when_the_server_does_not_talk(sink: Sink, mode: Mode) -> None:
    sink.mode = mode
    letter = post(address="ada@example.org")
    assert deliver_letters() == 0
    assert (again(letter).state, again(letter).attempts) == (LetterState.PLANNED, 0)
    assert Heartbeat.objects.filter(name="mail server silent").exists()


def test_letter_waits_when_nobody_listens(sink: Sink, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    letter = post(address="ada@example.org")
    assert deliver_letters() == 0
    assert (again(letter).state, again(letter).attempts) == (LetterState.PLANNED, 0)


def test_letter_to_nobody_fails_and_says_what_the_server_said(sink: Sink) -> None:
    sink.mode = Mode.NO_SUCH_USER
    letter = post(address="gone@example.org")
    deliver_letters()
    assert again(letter).state == LetterState.FAILED
    assert again(letter).note == "The mail server answered: 550 no such user"


def test_greylisted_letter_is_tried_again_later_each_time_and_fails_in_the_end(sink: Sink) -> None:
    sink.mode = Mode.GREYLIST
    letter = post(address="ada@example.org")
    waits = []
    for _ in range(ATTEMPTS):
        deliver_letters()
        waits.append(again(letter).not_before)
        Letter.objects.filter(state=LetterState.PLANNED).update(not_before=Now())
    assert again(letter).state == LetterState.FAILED
    assert again(letter).attempts == ATTEMPTS
    assert waits[1] - waits[0] > timedelta(minutes=3)


def test_greylisted_letter_arrives_once_the_server_wants_it(sink: Sink) -> None:
    sink.mode = Mode.GREYLIST
    letter = post(address="ada@example.org")
    deliver_letters()
    assert again(letter).state == LetterState.PLANNED
    sink.mode = Mode.ACCEPT
    Letter.objects.update(not_before=Now())
    assert deliver_letters() == 1


def test_letter_cut_off_after_its_text_comes_again_under_the_same_message_id(sink: Sink) -> None:
    sink.mode = Mode.DROP_AFTER_DATA
    letter = post(NOTICE, address="ada@example.org")
    deliver_letters()
    assert again(letter).state == LetterState.PLANNED
    sink.mode = Mode.ACCEPT
    Letter.objects.update(not_before=Now())
    deliver_letters()
    assert again(letter).state == LetterState.SENT
    assert len({taken.message["Message-ID"] for taken in sink.taken}) == 1
    assert len(sink.taken) == 2


def test_offer_cut_off_after_its_text_waits_for_a_person(sink: Sink) -> None:
    sink.mode = Mode.DROP_AFTER_DATA
    letter = post(OFFER, address="ada@example.org")
    deliver_letters()
    deliver_letters()
    assert again(letter).state == LetterState.UNKNOWN
    assert len(sink.taken) == 1


def test_poison_among_fifty_harms_nobody_else(sink: Sink) -> None:
    letters = [post(number=number, address=f"p{number}@example.org") for number in range(50)]
    Letter.objects.filter(pk=letters[7].pk).update(subject="two\nlines")
    Letter.objects.filter(pk=letters[9].pk).update(address="ada\n@example.org")
    sink.refuse = letters[11].address
    assert deliver_letters() == 47
    states = {letter.state for letter in Letter.objects.filter(pk__in=[letters[n].pk for n in (7, 9, 11)])}
    assert states == {LetterState.FAILED}
    assert {len(taken.recipients) for taken in sink.taken} == {1}


def test_letter_no_longer_due_is_cancelled_and_says_why(sink: Sink, furnish: Furnish) -> None:
    furnish(letters=(replace(NOTICE, still_due=lambda letter: False),))
    letter = post(address="ada@example.org")
    assert deliver_letters() == 0
    assert (again(letter).state, sink.taken) == (LetterState.CANCELLED, [])
    assert again(letter).note


def test_letter_that_cannot_be_checked_is_put_back_and_the_others_go(sink: Sink, furnish: Furnish) -> None:
    def broken(letter: Letter) -> bool:
        raise RuntimeError("a bug")

    furnish(letters=(replace(NOTICE, still_due=broken), OFFER))
    bad, good = post(NOTICE, address="a@example.org"), post(OFFER, address="b@example.org")
    assert deliver_letters() == 1
    assert (again(bad).state, again(good).state) == (LetterState.PLANNED, LetterState.SENT)


def test_letter_to_a_closed_account_is_not_sent(sink: Sink) -> None:
    letter = post(to=make_person(is_active=False))
    deliver_letters()
    assert (again(letter).state, sink.taken) == (LetterState.CANCELLED, [])


def test_secret_is_wiped_once_sent(sink: Sink) -> None:
    letter = post(SECRET, address="ada@example.org")
    deliver_letters()
    assert "There is news" in sink.taken[0].message.get_content()
    assert "There is news" not in again(letter).text


def test_sealed_letter_leaves_no_row_behind(sink: Sink) -> None:
    post(SEALED, address="sam@example.org")
    assert deliver_letters() == 1
    assert len(sink.taken) == 1
    assert not Letter.objects.exists()


@pytest.mark.parametrize(("kind", "becomes"), [(NOTICE, LetterState.PLANNED), (OFFER, LetterState.UNKNOWN)])
def test_lapsed_lease_follows_the_kind(kind: LetterKind, becomes: LetterState) -> None:
    letter = post(kind, address="ada@example.org")
    assert lease_letter() == letter
    assert settle_cut_off_letters() == 0
    Letter.objects.update(lease_until=F("lease_until") - timedelta(hours=1))
    assert settle_cut_off_letters() == 1
    assert again(letter).state == becomes


def test_lapsed_lease_of_a_letter_tried_too_often_fails() -> None:
    letter = post(NOTICE, address="ada@example.org")
    lease_letter()
    Letter.objects.update(lease_until=F("lease_until") - timedelta(hours=1), attempts=ATTEMPTS)
    settle_cut_off_letters()
    assert again(letter).state == LetterState.FAILED


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_letter() -> None:
    for number in range(20):
        post(number=number, address=f"p{number}@example.org")
    taken: list[int] = []
    in_step = threading.Barrier(4)

    def work() -> None:
        in_step.wait(10)
        while (letter := lease_letter()) is not None:
            taken.append(letter.pk)
        connection.close()

    _all_at_once(work, 4)
    assert sorted(taken) == sorted(Letter.objects.values_list("pk", flat=True))


def _all_at_once(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
