"""What was taken is shown: after hostile words and the farthest dates were kept, every page still opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction

from mats_portal.outbox.models import Letter
from tests.access import turn_to
from tests.hostile.pages import Answer, Visit, get, read_to_the_end
from tests.hostile.payloads import KEPT, TOGETHER
from tests.hostile.test_forms import FORM_TYPE, Found, Pairs, benign, encoded, forms_of
from tests.test_access_matrix import put_away

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.crawl, pytest.mark.timeout(900)]

WRITTEN = {"text", "textarea", "search"}
DATES = {"date", "datetime-local"}
EARLY = {"date": b"1900-01-01", "datetime-local": b"1900-01-02T00:00"}
LATE = {"date": b"2199-12-31", "datetime-local": b"2199-12-30T23:59"}
LONG = "Wörter – " * 1_800
# Seen like this in a page, the words of one field would have become the page's own.
LIVE = (b"<script>x</script>", b"<script>alert(1)", b"<img src=x", b"<h1>out</h1>")


def poisoned(found: Found, words: bytes, days: dict[str, bytes]) -> Pairs:
    """The form filled in well, but for what is written and the dates."""
    kinds = {field.name: field.kind for field in found.form.fields}
    put = {name: words if kind in WRITTEN else days.get(kind) for name, kind in kinds.items()}
    return [(name, put[name] or value) for name, value in benign(found.form)]


def keep(found: Found, pairs: Pairs) -> bool:
    """Send a form and keep what it does; whether it was taken."""
    with transaction.atomic():
        response: Answer = found.client.generic("POST", found.form.action, encoded(pairs), content_type=FORM_TYPE)
        read_to_the_end(response)
        put_away(response)
        if response.status_code >= 500:
            transaction.set_rollback(True)
    assert response.status_code < 500, f"{found}: {response.exc_info[1]!r}"
    return bool(response.status_code == 302)


def show_everything(visit: Visit, settings: Any) -> Iterable[str]:
    """What is wrong with the pages, asked for as everybody."""
    for row, role, address in visit.pages(every_role=True):
        turn_to(row.site, settings)
        answer = get(visit.clients[role], address)
        if answer.status_code >= 500:
            yield f"{role} {row}: {answer.exc_info[1]!r}"
        elif "text/html" in answer["Content-Type"]:
            yield from (f"{role} {row}: live {found!r}" for found in LIVE if found in answer.content)


@pytest.mark.parametrize(
    ("words", "days"),
    [(TOGETHER, EARLY), (KEPT["closing"], LATE), (LONG.encode(), {})],
    ids=["together", "closing", "long"],
)
def test_every_page_still_opens_after_what_was_kept(words: bytes, days: dict[str, bytes], settings: Any) -> None:
    visit, taken = Visit(), []
    # What is written or dated first: what else a form does might close the others.
    forms = [found for found in forms_of(visit, settings) if found.form.method == "post"]
    for found in forms:
        turn_to(found.site, settings)
        if {field.kind for field in found.form.fields} & (WRITTEN | DATES) and keep(
            found, poisoned(found, words, days)
        ):
            taken.append(str(found))
    failures = list(show_everything(visit, settings))
    assert not failures, "\n".join(failures)
    assert len(taken) >= 3
    for letter in Letter.objects.all():
        assert "\n" not in letter.subject + letter.address
