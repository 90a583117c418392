"""Every form of every page, filled in by somebody who means harm or has bad luck: a sentence, never a crash."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import DEFAULT_DB_ALIAS, transaction
from django.test import Client

from tests.access import turn_to
from tests.hostile.pages import LEFT_ALONE, Answer, Field, Form, Visit, get, read, read_to_the_end
from tests.hostile.payloads import ALL, UNKNOWN
from tests.test_access_matrix import MODULES, put_away, rows_of

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.slow, pytest.mark.timeout(600)]

# How many of the payloads every form gets in all fields at once; which ones, its own seed decides.
SAMPLE = 10
FORM_TYPE = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, bytes]]
TABLES = [module.__name__.rpartition(".")[2] for module in MODULES]
# What a form answers when it does not take what was sent, showing itself again.
SHOWN_AGAIN = {200, 400, 409, 422}
# Sendings of which nobody could say which words should stay.
UNNATURAL = ("twice", "unknown names")


@dataclass
class Found:
    """A form, where it stands and who sends it."""

    site: str
    role: str
    client: Client
    page: str
    form: Form

    def __str__(self) -> str:
        return f"{self.role} {self.form.method} {self.form.action} (on {self.page})"


def forms_of(visit: Visit, settings: Any) -> Iterator[Found]:
    """Each form once for each role that is shown it."""
    seen = set()
    for row, role, page in visit.pages():
        turn_to(row.site, settings)
        for form in read(get(visit.clients[role], page), page).forms:
            common = form.action in ("/theme/", "/styleguide/")
            key = (row.site, "" if common else role, form.action, form.outline)
            if key not in seen and form.action not in LEFT_ALONE:
                seen.add(key)
                yield Found(row.site, role, visit.clients[role], page, form)


def encoded(pairs: Pairs) -> str:
    """A body as a browser would write it, were it to send such bytes."""
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)


def send(found: Found, body: str | bytes, content_type: str = FORM_TYPE) -> Answer:
    """What the form answers; nothing is kept."""
    with transaction.atomic(), transaction.atomic(using="support"):
        if found.form.method == "get":
            response: Answer = found.client.get(f"{found.form.action.partition('?')[0]}?{body!s}")
        else:
            response = found.client.generic("POST", found.form.action, body, content_type=content_type)
        read_to_the_end(response)
        put_away(response)
        for alias in (DEFAULT_DB_ALIAS, "support"):
            transaction.set_rollback(True, using=alias)
    return response


def benign(form: Form) -> Pairs:
    """The form filled in well, with words that are told from one another."""
    numbered = enumerate(form.fields)
    return [(found.name, value.encode()) for number, found in numbered for value in _written(found, number)]


def _written(found: Field, number: int) -> list[str]:
    empty = Form("", "", [Field(found.name, found.kind, "" if found.is_typed else found.value, found.options)])
    return [value for _, value in empty.filled(f"kept {number}")]


def hostile(found: Found) -> Iterator[tuple[str, Pairs]]:
    """What is sent to one form: every field with the same value, one field at a time, and forms out of shape."""
    chance = random.Random(f"{found.role} {found.form.outline}")
    well = benign(found.form)
    for name in chance.sample(sorted(ALL), SAMPLE):
        yield f"all: {name}", [(field.name, ALL[name]) for field in found.form.fields]
    for place, (field, _) in enumerate(well):
        for name in chance.sample(sorted(ALL), 1):
            yield f"{field}: {name}", [*well[:place], (field, ALL[name]), *well[place + 1 :]]
    unknown = [(name, b"1") for name in UNKNOWN]
    yield "nothing", []
    yield "twice", [*well, *((name, value + b"x") for name, value in well), *well]
    yield "arrays", [(f"{name}{brackets}", value) for name, value in well for brackets in ("[]", "[0]", "[$ne]")]
    yield "unknown names", [*well, *unknown]
    yield "two thousand fields", [(f"f{number}", b"") for number in range(2_100)]
    if well:
        left_out = chance.randrange(len(well))
        yield f"without {well[left_out][0]}", [*well[:left_out], *well[left_out + 1 :]]


def lost(found: Found, pairs: Pairs, response: Answer) -> list[str]:
    """The words that were typed well and are not on the form that is shown again."""
    if response.status_code not in SHOWN_AGAIN or found.form.method == "get" or len(pairs) > 500:
        return []
    if response.streaming:
        return []  # A file, not the form again: it was taken.
    page = response.content.decode()
    typed = {field.name for field in found.form.fields if field.kind in ("text", "textarea")}
    sent = [value.decode() for name, value in pairs if name in typed and value.startswith(b"kept ") and len(value) < 9]
    if any(name.endswith("_FORMS") and not value.isdigit() for name, value in pairs):
        return []  # The number of rows is the page's own; without it no row can be told.
    return [] if 'name="' not in page else [words for words in sent if words not in page]


@pytest.mark.parametrize("table", TABLES)
def test_form_answers_whatever_is_sent_to_it(table: str, settings: Any) -> None:
    rows = list(rows_of(MODULES[TABLES.index(table)]))
    visit, crashes, lossy = Visit(rows), [], []
    for found in forms_of(visit, settings):
        turn_to(found.site, settings)
        for what, pairs in hostile(found):
            response = send(found, encoded(pairs))
            if response.status_code >= 500:
                crashes.append(f"{found}: {what}: {response.exc_info[1]!r}"[:300])
            elif what not in UNNATURAL and (missing := lost(found, pairs, response)):
                lossy.append(f"{found}: {what}: {response.status_code} lost {missing}"[:300])
    assert not crashes, "\n".join(crashes)
    assert not lossy, "\n".join(lossy)
