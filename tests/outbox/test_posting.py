"""Letters are rows, written once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from mats_portal.outbox.kinds import UnknownKind, letter_kind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.rendering import render_letter
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from tests.make import make_cohort, make_person
from tests.outbox.conftest import NOTICE

pytestmark = pytest.mark.django_db


def test_letter_is_a_row_with_subject_and_text() -> None:
    ada, cohort = make_person("Ada Lovelace"), make_cohort()
    letter = post_letter(
        kind=NOTICE, to=ada, key="n:1", facts={"who": "Ada", "thing": "tea"}, cohort=cohort, about="x.y:1"
    )
    assert letter is not None
    assert (letter.state, letter.address, letter.subject) == (LetterState.PLANNED, ada.email, "News for Ada")
    assert (letter.cohort_slug, letter.about, letter.recipient) == (cohort.slug, "x.y:1", ada)
    assert letter.text.startswith("Dear Ada Lovelace,\n\nThere is news about tea.\n\nWith kind regards\n")
    assert letter.text.endswith("You get this letter because this is a test.\n")


def test_letter_posted_twice_is_one_row() -> None:
    ada = make_person()
    assert post_letter(kind=NOTICE, to=ada, key="n:1", facts={"who": "Ada"}) is not None
    assert post_letter(kind=NOTICE, to=ada, key="n:1", facts={"who": "Ada, in other words"}) is None
    assert Letter.objects.get().subject == "News for Ada"


def test_letter_is_gone_with_the_act_that_failed() -> None:
    with transaction.atomic():
        post_letter(kind=NOTICE, to=make_person(), key="n:1", facts={"who": "Ada"})
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_letter_to_an_address_without_a_login() -> None:
    letter = post_letter(kind=NOTICE, address=" Vera@Example.ORG ", name="Vera", key="n:1", facts={"who": "Vera"})
    assert letter is not None
    assert letter.recipient is None
    assert letter.address == "vera@example.org"
    assert letter.text.startswith("Dear Vera,")


def test_letter_waits_until_its_moment() -> None:
    post_letter(
        kind=NOTICE, to=make_person(), key="n:1", facts={"who": "A"}, not_before=timezone.now() + timedelta(hours=1)
    )
    assert not Letter.objects.due().exists()


def test_subject_is_one_short_line_whatever_people_are_called() -> None:
    name = "Ada\r\nBcc: everyone@example.org\u2028" + "x" * 300
    subject, text = render_letter(NOTICE, {"who": name}, name)
    assert "\n" not in subject
    assert "\r" not in subject
    assert len(subject) == 200
    assert text.splitlines()[0].startswith("Dear Ada Bcc: everyone@example.org")


def test_facts_are_text_and_never_a_template() -> None:
    nasty = "{{ settings.SECRET_KEY }} {% load static %} {who.__class__} <b>&amp;</b>"
    subject, text = render_letter(NOTICE, {"who": nasty, "thing": nasty}, nasty)
    assert subject == f"News for {nasty}"
    assert f"There is news about {nasty}." in text


def test_letter_kind_without_an_app_is_named() -> None:
    assert letter_kind("test notice") is NOTICE
    with pytest.raises(UnknownKind):
        letter_kind("no such letter")
