"""Each sentence of the promise, as every role in turn.

Support has its own database with its own role; the main role cannot connect to it; a
process without its address has no support at all; nobody outside reads, counts or
dates a request or a note, through pages, exports, search, journal, letters or SQL.
"""

from __future__ import annotations

import io
import json
import logging
import re
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import get_resolver

from mats_portal.jobs.models import Job
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.web.access import patterns
from mats_portal.web.furnishing import furnishings
from mats_portal.web.logs import JsonFormatter
from scholars.support.models import Opening, SupportRequest
from scholars.support.router import SUPPORT, SupportRouter
from scholars.support.views import requests as views
from tests.conftest import SignIn
from tests.scholars.support.conftest import NOTE, SECRET, World, ask

pytestmark = pytest.mark.django_db(databases=["default", "support"])
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
on_the_support_site = pytest.mark.urls("mats_portal.support_urls")


def addresses(world: World) -> list[str]:
    """Every page of the support site, about Sam's request and this cohort."""
    request, slug = world.request.code, world.cohort.slug
    pages = ["", "openings/", f"ask/{slug}/", f"cohorts/{slug}/", f"cohorts/{slug}/figures/"]
    pages += [f"cohorts/{slug}/break-glass/", "break-glass/abc/", "break-glass/abc/confirm/", f"requests/{request}/"]
    acts = ("take", "note", "plan", "hand-over", "close", "reopen", "take-back")
    return [f"/support/{page}" for page in pages] + [f"/support/requests/{request}/{act}/" for act in acts]


@on_the_support_site
def test_addresses_of_these_tests_are_all_there_are(world: World) -> None:
    below = [route for route, _ in patterns(get_resolver("mats_portal.support_urls")) if route.startswith("support/")]
    assert len(below) == len(addresses(world))


# --- own database, own role ------------------------------------------------------------


def test_support_lives_in_a_database_and_role_of_its_own() -> None:
    main, own = connections["default"].settings_dict, connections[SUPPORT].settings_dict
    assert main["NAME"] != own["NAME"]
    assert main["USER"] != own["USER"]
    assert main["PASSWORD"] != own["PASSWORD"]


def test_tables_of_support_are_in_its_database_and_no_others() -> None:
    def tables(alias: str) -> set[str]:
        with connections[alias].cursor() as cursor:
            return set(connections[alias].introspection.table_names(cursor))

    assert {name for name in tables("default") if name.startswith("support_")} == set()
    assert all(name.startswith("support_") or name == "django_migrations" for name in tables(SUPPORT))


def test_support_keeps_codes_and_no_keys_of_the_main_database() -> None:
    for model in apps.get_app_config("support").get_models():
        for field in model._meta.get_fields():
            if field.is_relation:
                assert field.related_model._meta.app_label == "support"  # type: ignore[union-attr]


def test_router_lets_nothing_across() -> None:
    router = SupportRouter()
    assert router.allow_migrate(SUPPORT, "support")
    assert not router.allow_migrate("default", "support")
    assert not router.allow_migrate(SUPPORT, "people")
    assert router.allow_relation(SupportRequest(), Entry()) is False


@pytest.mark.parametrize("role", ["PORTAL_ROLE", "owner"])
def test_main_roles_are_refused_by_the_server(role: str) -> None:
    """Raw SQL of the main connection: the server refuses to connect it to support's database."""
    main = connections["default"].settings_dict
    target = {"dbname": "support", "host": main["HOST"], "port": main["PORT"] or None}
    with connections["default"].cursor() as cursor:
        user = main["USER"] if role == "owner" else "portal_app"
        cursor.execute("SELECT has_database_privilege(%s, 'support', 'CONNECT')", [user])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'support%%'")
        assert cursor.fetchone() == (0,)
    with pytest.raises(psycopg2.OperationalError, match=r"permission denied for database"):
        psycopg2.connect(user=main["USER"], password=main["PASSWORD"], **target)


# --- no address, no support ------------------------------------------------------------


def test_main_site_has_no_support_pages(world: World, sign_in: SignIn) -> None:
    assert not [route for route, _ in patterns(get_resolver("mats_portal.urls")) if route.startswith("support")]
    for name in ("sam", "sol", "rui", "adam"):
        client = sign_in(world[name])
        assert {client.get(page).status_code for page in addresses(world)} == {404}


@on_the_support_site
def test_process_without_the_address_answers_404(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(connections.databases, SUPPORT)
    for name in ("sam", "sol"):
        client = sign_in(world[name])
        for page in addresses(world):
            assert 404 in (client.get(page).status_code, client.post(page).status_code)
            assert {client.get(page).status_code, client.post(page).status_code} <= {404, 405}


# --- who may come in -------------------------------------------------------------------


@on_the_support_site
def test_nobody_else_learns_that_anything_is_there(world: World, sign_in: SignIn) -> None:
    for name in world.outsiders:
        client = sign_in(world[name])
        for page in addresses(world):
            for answer in (client.get(page), client.post(page)):
                assert answer.status_code in (404, 405), (name, page, answer.status_code)
                assert SECRET not in answer.content.decode()
    assert not Opening.objects.exists()


@on_the_support_site
def test_anonymous_visitors_are_asked_to_sign_in(world: World) -> None:
    for page in addresses(world):
        for answer in (Client().get(page), Client().post(page)):
            assert answer.status_code in (302, 405)
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


@on_the_support_site
def test_another_scholar_does_not_see_the_request(world: World, sign_in: SignIn) -> None:
    client = sign_in(world["sid"])
    assert client.get(f"/support/requests/{world.request.code}/").status_code == 404
    assert SECRET not in client.get("/support/").content.decode()
    assert "Sol" not in client.get("/support/openings/").content.decode()


@on_the_support_site
def test_colleague_in_support_sees_who_has_it_and_no_word_of_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(world["sue"])
    queue = client.get(f"/support/cohorts/{world.cohort.slug}/").content.decode()
    assert "Sol: one request" in queue
    answer = client.get(f"/support/requests/{world.request.code}/")
    assert answer.status_code == 403
    assert "A colleague has taken this request" in answer.content.decode()
    for text in (SECRET, NOTE, "Sam"):
        assert text not in queue + answer.content.decode()


@on_the_support_site
def test_scholar_sees_the_request_and_not_the_notes(world: World, sign_in: SignIn) -> None:
    page = sign_in(world["sam"]).get(f"/support/requests/{world.request.code}/").content.decode()
    assert SECRET in page
    assert NOTE not in page
    assert not Opening.objects.exists()


@on_the_support_site
def test_support_reads_and_the_scholar_sees_that(world: World, sign_in: SignIn) -> None:
    client = sign_in(world["sol"])
    for _ in range(3):
        page = client.get(f"/support/requests/{world.request.code}/")
        assert SECRET in page.content.decode()
        assert NOTE in page.content.decode()
    assert Opening.objects.count() == 1
    assert "Sol" in sign_in(world["sam"]).get("/support/openings/").content.decode()


@on_the_support_site
def test_pages_are_kept_out_of_every_cache(world: World, sign_in: SignIn) -> None:
    client = sign_in(world["sol"])
    for page in addresses(world):
        assert "no-store" in client.get(page)["Cache-Control"]


# --- other ways out --------------------------------------------------------------------


def test_no_trace_in_journal_letters_or_jobs(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(using=SUPPORT, execute=True):
        ask(world["sid"], world.cohort, text=SECRET, key="again")
    everything = io.StringIO()
    call_command("dumpdata", "--database=default", stdout=everything)
    text = everything.getvalue()
    assert len(json.loads(text)) > 10
    for hidden in (SECRET, NOTE, world.request.code):
        assert hidden not in text
    assert not Entry.objects.exists()
    assert not Job.objects.exists()
    assert {letter.cohort_slug + letter.about for letter in Letter.objects.all()} == {""}


def test_frame_is_furnished_with_nothing_of_support() -> None:
    """No report, export, search, own-data download, menu or home section reads the closed room."""
    for kind in ("menu", "home_sections", "reports", "reminders", "jobs", "personal_data", "jump"):
        for furnished in furnishings(kind):
            module = getattr(furnished, "__module__", "")
            assert not module.startswith("scholars.support")


@on_the_support_site
def test_error_in_a_support_page_logs_no_content_and_no_path(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"row was {SECRET}")

    monkeypatch.setattr(views, "record_opening", breaks)
    client = sign_in(world["sol"])
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/support/requests/{world.request.code}/")
    assert answer.status_code == 500
    lines = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert "Internal Server Error: /support/\\u2026" in lines
    for hidden in (SECRET, NOTE, world.request.code):
        assert hidden not in lines
        assert hidden not in answer.content.decode()


def test_twin_worlds_look_the_same_from_outside(world: World, sign_in: SignIn) -> None:
    """Nought requests or six: every page of the main site that others see of this cohort has the same bytes."""
    pages = ["/", f"/cohorts/{world.cohort.slug}/"]

    def seen() -> list[str]:
        return [
            TOKEN.sub("", sign_in(world[name]).get(page).content.decode())
            for name in ("rui", "mira", "gil", "adam")
            for page in pages
        ]

    before = seen()
    for number in range(5):
        ask(world["sid"], world.cohort, key=f"more-{number}")
    assert seen() == before
