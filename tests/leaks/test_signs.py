"""That somebody wrote to support shows nowhere, not even in the signs of a portal that is otherwise quiet."""

from __future__ import annotations

import pytest

from mats_portal.outbox.kinds import sealed_kinds
from mats_portal.outbox.models import Letter
from mats_portal.outbox.selectors import stuck_letters
from mats_portal.outbox.signs import Sign, signs_of_health
from mats_portal.outbox.states import LetterState
from tests import make

pytestmark = pytest.mark.django_db


def signs() -> list[Sign]:
    """All signs but the clock, which moves."""
    return signs_of_health()[:-1]


@pytest.mark.parametrize("state", [LetterState.PLANNED, LetterState.FAILED, LetterState.UNKNOWN, LetterState.HELD])
def test_sealed_letter_changes_no_sign(state: LetterState) -> None:
    Letter.objects.all().delete()
    before = signs()
    make.make_letter(kind=sealed_kinds()[0], state=state)
    assert signs() == before


def test_other_letters_in_doubt_do_show() -> None:
    before = signs()
    make.make_letter(state=LetterState.FAILED)
    assert signs() != before
    assert stuck_letters().count() == 1
