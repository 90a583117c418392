"""kill -9 in the middle of a delivery: nothing is missed, and a copy is bounded, recognisable and rare."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters, post_letter
from mats_portal.outbox.states import LetterState
from tests.outbox.conftest import NOTICE, OFFER
from tests.outbox.smtp_sink import Sink

KILLS, LETTERS = 6, 150


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_workers_miss_nobody_and_copy_within_bounds(sink: Sink) -> None:
    for number in range(LETTERS):
        kind = OFFER if number % 3 == 0 else NOTICE
        post_letter(kind=kind, address=f"p{number}@example.org", key=f"drill:{number}", facts={"who": "you"})
    sink.delay = 0.02
    for _ in range(KILLS):
        _work_until_killed(sink)
        Letter.objects.filter(state=LetterState.LEASED).update(lease_until=F("lease_until") - timedelta(hours=1))
    sink.delay = 0
    while Letter.objects.due().exists():
        deliver_letters()

    copies = Counter(taken.recipients[0] for taken in sink.taken)
    ids = {taken.recipients[0]: taken.message["Message-ID"] for taken in sink.taken}
    doubtful = set(Letter.objects.filter(state=LetterState.UNKNOWN).values_list("address", flat=True))
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert set(states) <= {LetterState.SENT, LetterState.UNKNOWN}
    assert set(copies) | doubtful == {f"p{number}@example.org" for number in range(LETTERS)}
    assert sum(copies.values()) - len(copies) <= KILLS
    assert len(doubtful) <= KILLS
    offers = set(Letter.objects.filter(kind=OFFER.name).values_list("address", flat=True))
    assert all(copies[address] <= 1 for address in offers)
    assert all(ids[taken.recipients[0]] == taken.message["Message-ID"] for taken in sink.taken)


def _work_until_killed(sink: Sink) -> None:
    """Start a worker, wait until it has begun, and kill it without warning at a random moment."""
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.outbox.worker", database, str(sink.port)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
        before, end = len(sink.taken), time.monotonic() + 10
        while len(sink.taken) == before and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(random.uniform(0.0, 0.3))
        worker.kill()
