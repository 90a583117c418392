"""Support forgets whom the portal has erased, and tells nobody whether there was anything to forget."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from mats_portal.keeping.models import ErasureRequest
from scholars.support.models import SupportNote, SupportRequest
from scholars.support.services.requests import ask_support
from scholars.support.states import RequestKind
from tests.scholars.support.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "support"])


def run() -> str:
    out = StringIO()
    call_command("forget_erased", stdout=out)
    return out.getvalue()


def test_support_forgets_the_erased_alone_and_says_the_same_whatever_there_was(world: World) -> None:
    kind = RequestKind.PLANNING
    other = ask_support(by=world["sid"], cohort=world.cohort, kind=kind, text="Me, too.", form_key="sid")
    said = run()
    assert SupportRequest.objects.count() == 2
    for name in ("sam", "gil"):
        moments = {"asked_at": Now(), "decided_at": Now(), "done_at": Now()}
        ErasureRequest.objects.create(person=world[name], state="done", decided_by=world["adam"], **moments)
    assert run() == said
    assert list(SupportRequest.objects.all()) == [other]
    assert not SupportNote.objects.exists()
