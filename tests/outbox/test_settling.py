"""What people decide about letters, once."""

from __future__ import annotations

import pytest

from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import (
    LetterAlreadySettled,
    NothingHeld,
    answer_held_letters,
    deliver_letters,
    post_letter,
    send_again,
    settle_as_arrived,
)
from mats_portal.outbox.states import LetterState
from tests.make import make_cohort, make_person
from tests.outbox.conftest import OFFER
from tests.outbox.smtp_sink import Sink

pytestmark = pytest.mark.django_db


def make_letter(state: LetterState, **fields: str) -> Letter:
    """An offer's letter in a state."""
    made = post_letter(kind=OFFER, address="ada@example.org", key=f"o:{Letter.objects.count()}", facts={"who": "Ada"})
    assert made is not None
    Letter.objects.filter(pk=made.pk).update(state=state, message_id="<first@try>", attempts=1, **fields)
    return Letter.objects.get(pk=made.pk)


def test_letter_in_doubt_that_arrived_is_settled_once() -> None:
    letter, rui = make_letter(LetterState.UNKNOWN), make_person("Rui")
    settle_as_arrived(letter=letter, by=rui)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert Entry.objects.get().actor == rui
    with pytest.raises(LetterAlreadySettled):
        settle_as_arrived(letter=letter, by=rui)
    with pytest.raises(LetterAlreadySettled):
        send_again(letter=letter, by=rui)


def test_letter_in_doubt_goes_again_under_its_message_id(sink: Sink) -> None:
    send_again(letter=make_letter(LetterState.UNKNOWN), by=make_person("Rui"))
    assert deliver_letters() == 1
    assert sink.taken[0].message["Message-ID"] == "<first@try>"


def test_held_letters_go_or_are_dropped_together() -> None:
    cohort, rui = make_cohort(), make_person("Rui")
    held = [make_letter(LetterState.HELD, cohort_slug=cohort.slug) for _ in range(3)]
    other = make_letter(LetterState.HELD, cohort_slug="another")
    assert answer_held_letters(cohort=cohort, send=True, by=rui) == 3
    assert set(Letter.objects.filter(pk__in=[one.pk for one in held]).values_list("state", flat=True)) == {"planned"}
    other.refresh_from_db()
    assert other.state == LetterState.HELD
    with pytest.raises(NothingHeld):
        answer_held_letters(cohort=cohort, send=False, by=rui)


def test_held_letters_that_are_dropped_say_who_decided() -> None:
    cohort, rui = make_cohort(), make_person("Rui")
    letter = make_letter(LetterState.HELD, cohort_slug=cohort.slug)
    answer_held_letters(cohort=cohort, send=False, by=rui)
    letter.refresh_from_db()
    assert letter.state == LetterState.CANCELLED
    assert Entry.objects.get().facts == {"count": 1}
