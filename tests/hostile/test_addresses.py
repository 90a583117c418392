"""Every address, asked in every way that it was not made for: parameters, methods, headers, hosts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.devstack.places import CHECKOUT
from tests import make
from tests.access import turn_to
from tests.conftest import SignIn
from tests.hostile.pages import Answer, Visit, get, read
from tests.hostile.payloads import ALL, NEXT
from tests.test_access_matrix import Row, put_away

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.slow, pytest.mark.timeout(900)]

# Parameters that a list might take, whether it says so or not.
GUESSED = ("q", "after", "before", "page", "sort", "order_by", "next", "state", "stream", "revision", "application")
SOURCES = ("mats_portal", "applications", "mentors", "scholars", "research_plans")
# A megabyte does not pass the server's limit for the first line of a request.
LONGEST_LINE = 8_000
PUBLIC_FILES = {"health:live", "health:ready"}


def parameters() -> list[str]:
    """Every name that the code reads from an address, and those an attacker guesses."""
    read_by_name = re.compile(r"GET(?:\.get\(|\.getlist\(|\[)\"(\w+)\"")
    texts = (path.read_text() for folder in SOURCES for path in (CHECKOUT / folder).rglob("*.py"))
    return sorted({*GUESSED, *(name for text in texts for name in read_by_name.findall(text))})


@pytest.mark.crawl
def test_no_parameter_of_a_page_brings_it_down(settings: Any) -> None:
    visit, names, failures = Visit(), parameters(), []
    short = sorted(name for name, value in ALL.items() if len(value) < LONGEST_LINE)
    for row, role, address in visit.pages():
        turn_to(row.site, settings)
        chance = random.Random(f"{row} {role}")
        fields = {f.name for form in read(get(visit.clients[role], address), address).forms for f in form.fields}
        for payload in chance.sample(short, 3):
            query = "&".join(f"{name}={quote_from_bytes(ALL[payload])}" for name in {*names, *fields})
            answer = get(visit.clients[role], f"{address}?{query}")
            if answer.status_code >= 500:
                failures.append(f"{role} {row}: {payload}: {answer.exc_info[1]!r}")
    assert not failures, "\n".join(failures)


@pytest.mark.crawl
def test_one_parameter_at_a_time_does_not_bring_a_list_down(settings: Any) -> None:
    visit, failures = Visit(), []
    short = sorted(name for name, value in ALL.items() if len(value) < LONGEST_LINE)
    for row, role, address in visit.pages():
        turn_to(row.site, settings)
        if role not in ("staff", "admin", "mentor", "support"):
            continue
        forms = read(get(visit.clients[role], address), address).forms
        named = {f.name for form in forms if form.method == "get" for f in form.fields}
        for name in {*named, "after", "before"} if named else ():
            for payload in random.Random(name + address).sample(short, 12):
                answer = get(visit.clients[role], f"{address}?{name}={quote_from_bytes(ALL[payload])}")
                if answer.status_code >= 500:
                    failures.append(f"{role} {row}: {name}: {payload}: {answer.exc_info[1]!r}")
    assert not failures, "\n".join(failures)


def everybody(visit: Visit, settings: Any) -> Iterator[tuple[Row, str, str]]:
    """Every page with every role, those who may not see it among them."""
    for row in visit.rows:
        turn_to(row.site, settings)
        yield from ((row, role, visit.addresses[id(row)]) for role in visit.clients)


@pytest.mark.crawl
def test_no_header_opens_a_page_that_is_closed(settings: Any) -> None:
    visit, failures = Visit(), []
    ways = (
        {"HX-Request": "true", "HX-Target": "list", "HX-Current-URL": "https://evil.test/", "HX-Boosted": "true"},
        {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest", "X-Http-Method-Override": "PUT"},
        {"X-Original-URL": "/", "X-Rewrite-URL": "/", "X-Forwarded-Host": "evil.test"},
    )
    for number, (row, role, address) in enumerate(everybody(visit, settings)):
        due = get(visit.clients[role], address).status_code
        answer = get(visit.clients[role], address, **ways[number % len(ways)])
        # The pages of signing in answer scripts with the place to go to, in JSON.
        closed = due >= 300 and not row.name.startswith(("account_", "mfa_"))
        if answer.status_code >= 500 or (closed and answer.status_code < 300) or b"evil.test" in answer.getvalue():
            failures.append(f"{role} {row}: {answer.status_code}, due {due}")
    assert not failures, "\n".join(failures)


def test_methods_that_no_view_names_are_refused_without_a_word(settings: Any) -> None:
    visit, failures = Visit(), []
    for row, role, address in visit.pages():
        turn_to(row.site, settings)
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            answer: Answer = visit.clients[role].generic(method, address, b"{}", content_type="application/json")
            put_away(answer)
            foreign = row.name.startswith(("account_", "mfa_"))
            if answer.status_code != 405 and not (foreign and answer.status_code < 500):
                failures.append(f"{role} {method} {row}: {answer.status_code}")
    assert not failures, "\n".join(failures)


def test_head_says_what_get_says_without_the_body(settings: Any) -> None:
    visit, failures = Visit(), []
    for row, role, address in visit.pages():
        turn_to(row.site, settings)
        answer: Answer = visit.clients[role].head(address)
        put_away(answer)
        if answer.status_code >= 500 or (not answer.streaming and answer.content):
            failures.append(f"{role} {row}: {answer.status_code}")
    assert not failures, "\n".join(failures)


SANDBOX = "sandbox; default-src 'none'"  # a file that people sent in: nothing of it may run or load


def test_every_answer_is_private_and_guarded(settings: Any) -> None:
    visit, failures = Visit(), []
    for row, role, address in everybody(visit, settings):
        if row.name in PUBLIC_FILES:
            continue
        answer = get(visit.clients[role], address)
        headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if answer.headers.get("Referrer-Policy") == "no-referrer":
            headers["Referrer-Policy"] = "no-referrer"  # Stricter: the address holds a secret.
        wrong = [name for name, value in headers.items() if answer.headers.get(name) != value]
        kept = answer.headers.get("Cache-Control", "")
        policy = answer.headers.get("Content-Security-Policy", "")
        if "no-store" not in kept or "private" not in kept:
            wrong.append(f"Cache-Control: {kept}")
        guards = policy == SANDBOX or ("default-src 'self'" in policy and "frame-ancestors 'none'" in policy)
        if "unsafe" in policy or not guards:
            wrong.append(f"Content-Security-Policy: {policy}")
        if "Cookie" not in answer.headers.get("Vary", ""):
            wrong.append("Vary")
        if wrong or {"ETag", "Last-Modified"} & set(answer.headers):
            failures.append(f"{role} {row}: {answer.status_code} {wrong}")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("wanted", NEXT)
def test_next_never_leads_elsewhere(wanted: str, sign_in: SignIn) -> None:
    visitors = Client(raise_request_exception=False)
    for address, data in ((reverse("theme"), {"theme": "dark"}), (reverse("account_logout"), {})):
        answers = [
            visitors.post(address, data | {"next": wanted}),
            visitors.post(f"{address}?{urlencode({'next': wanted})}", data),
        ]
        for answer in answers:
            assert answer.status_code < 500
            assert leads_home(answer.headers.get("Location", "/")), answer.headers["Location"]


def leads_home(location: str) -> bool:
    """Whether a browser stays on this site: browsers drop control characters and read a backslash as a slash."""
    seen = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    return urlsplit(urljoin("https://portal.test/accounts/", seen))[:2] == ("https", "portal.test")


@pytest.mark.parametrize("wanted", NEXT)
def test_next_never_leads_elsewhere_after_signing_in(wanted: str, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    ada = make.make_person("Ada", password="correct horse 9")
    browser = Client(raise_request_exception=False)
    data = {"login": ada.email, "password": "correct horse 9", "next": wanted}
    answer = browser.post(reverse("account_login"), data)
    assert answer.status_code == 302
    assert leads_home(answer.headers["Location"]), answer.headers["Location"]


@pytest.mark.parametrize(
    "host", ["evil.test", "localhost.evil.test", "localhost@evil.test", "localhost:1/x", "", "\x00"]
)
@pytest.mark.parametrize("name", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_foreign_host_is_not_believed(name: str, host: str) -> None:
    browser = Client(raise_request_exception=False)
    for address in ("/", reverse("account_login"), reverse("account_reset_password")):
        answer = browser.generic("GET", address, **{name: host})  # type: ignore[arg-type]
        assert answer.status_code in (200, 400)
        assert b"evil.test" not in answer.content


@pytest.mark.parametrize("name", ["session", "csrf", "messages", "zone", "theme", "sessionid"])
@pytest.mark.parametrize("value", ['"\\000\\001"', "\udc80", "x" * 4000, '"\\200"', "..%2f..", "a;b", '"unended', "[]"])
def test_broken_cookie_is_a_stranger(name: str, value: str) -> None:
    browser = Client(raise_request_exception=False)
    raw = f"{name}={value}".encode("utf-8", "surrogateescape").decode("latin-1")
    for address in ("/", reverse("account_login"), reverse("people:settings")):
        answer = browser.get(address, headers={"cookie": raw})
        assert answer.status_code in (200, 302, 400), getattr(answer, "exc_info", "")
    answer = browser.post(reverse("theme"), {"theme": "dark"}, headers={"cookie": raw})
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff",
        "/\x7f",
        "/cohorts/%00/",
        "/cohorts/%ed%a0%80/apply/",
        "/cohorts/..%2f..%2f/",
        "/people/%c0%af/",
        "/cohorts/" + "a" * 5000 + "/",
        "/plans/\u0660/",
        "/jobs/%0d%0aX:y/",
        "/invitations/%00/",
        "/%2e%2e/",
    ],
)
def test_broken_path_is_not_found(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code in (301, 302, 400, 404), getattr(answer, "exc_info", "")
    assert leads_home(answer.headers.get("Location", "/"))


def test_text_below_the_checkout_is_never_served() -> None:
    for path in (".env", "manage.py", "var/secret_key", Path("mats_portal/settings.py")):
        for front in ("/static/../", "/static/%2e%2e/", "/static/..%2f", "/"):
            assert Client(raise_request_exception=False).get(f"{front}{path}").status_code in (400, 404)
