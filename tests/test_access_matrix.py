"""Every address × every role × the answer that is due. The tables are in `tests/access/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from applications.tokens import token_of
from mats_portal.web.access import TRUSTED_MODULES
from tests import access
from tests.access.applications import REFEREE
from tests.conftest import signed_in_client
from tests.scenarios import ROLES, World

SITES = ("mats_portal.urls", "mats_portal.support_urls")


@dataclass(frozen=True)
class Row:
    """One line of a table: the answers to one method of one address, by role."""

    site: str
    method: str
    name: str
    args: Callable[[World], list[Any]]
    data: dict[str, Any]
    answers: tuple[str, ...]

    def __str__(self) -> str:
        site = "support " if "support" in self.site else ""
        return f"{site}{self.method} {self.name}"


def rows_of(module: Any) -> Iterator[Row]:
    """The rows of one table."""
    for line in module.TABLE.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        method, name, args, *answers = line.split()
        if len(answers) != len(ROLES):
            pytest.fail(f"{module.__name__}: '{line}' has {len(answers)} answers for {len(ROLES)} roles.")
        yield Row(
            site=getattr(module, "URLCONF", SITES[0]),
            method=method,
            name=name,
            args=getattr(module, "ARGS", {})[args] if args != "-" else lambda world: [],
            data=getattr(module, "DATA", {}).get(name, {}),
            answers=tuple(answers),
        )


MODULES = [importlib.import_module(f"tests.access.{found.name}") for found in pkgutil.iter_modules(access.__path__)]
ROWS = [row for module in MODULES for row in rows_of(module)]


def entries(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Everything that a site answers, by name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from entries(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def addresses(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Name and method of everything that a site answers, but for the packages that guard themselves."""
    for name, entry in entries(resolver):
        if not guards_itself(entry):
            yield from ((name, method) for method in methods_of(entry))


def guards_itself(entry: URLPattern) -> bool:
    """Whether a package's own code decides who may come in."""
    return entry.callback.__module__.startswith(TRUSTED_MODULES)


def methods_of(entry: URLPattern) -> list[str]:
    """The methods a view answers, without HEAD, which is GET without a body."""
    return [method for method in entry.callback.access_methods if method != "HEAD"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("site", SITES)
def test_every_address_stands_in_a_table(site: str) -> None:
    declared = {(row.name, row.method) for row in ROWS if row.site == site}
    answered = set(addresses(get_resolver(site)))
    assert answered - declared == set(), "addresses without a row in tests/access"
    foreign = {name for name, entry in entries(get_resolver(site)) if guards_itself(entry)}
    assert {row for row in declared - answered if row[0] not in foreign} == set(), "rows without an address"


def what_it_says(response: HttpResponse) -> str:
    """A response in the words of the tables."""
    if response.status_code != 302:
        return str(response.status_code)
    path = response["Location"].partition("?")[0]
    return {reverse("account_login"): "in", reverse("mfa_index"): "2fa"}.get(path, "302")


def put_away(response: HttpResponse) -> None:
    """Close what the response holds open, but not the database, as the test client does it."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def ask(row: Row, role: str, world: World) -> str:
    """What the role is answered, with everything undone afterwards."""
    with transaction.atomic():
        client = Client()
        if role != "anonymous":
            client = signed_in_client(world.person(role), second_factor=False if role == "staff_without_2fa" else None)
        path = reverse(row.name, args=row.args(world))
        response = getattr(client, row.method.lower())(path, row.data)
        answer = what_it_says(response)
        put_away(response)
        transaction.set_rollback(True)
    return answer


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_answer_is_the_one_in_the_table(row: Row, settings: Any) -> None:
    settings.ROOT_URLCONF = row.site
    world = World()
    for role in ROLES[1:]:
        world.person(role)
    row.args(world)
    answers = {role: ask(row, role, world) for role in ROLES}
    assert answers == dict(zip(ROLES, row.answers, strict=True))


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_referee_is_answered_like_anybody_but_for_the_one_letter(row: Row, settings: Any) -> None:
    settings.ROOT_URLCONF = row.site
    world, client = World(), Client()
    path = reverse(row.name, args=row.args(world))
    if row.site == SITES[0]:
        client.get(reverse("applications:reference_link", args=[token_of(world.reference.code)]))
    response = getattr(client, row.method.lower())(path, row.data)
    answer = what_it_says(response)
    put_away(response)
    assert answer == REFEREE.get((row.method, row.name), row.answers[0])


@pytest.mark.django_db
def test_method_that_a_view_does_not_name_is_refused(settings: Any) -> None:
    world = World()
    client = signed_in_client(world.person("staff"))
    # What puts a gate before the form comes last: others still have applications to make.
    for row in sorted(ROWS, key=lambda row: "eligibility" in row.name):
        if row.site == SITES[0] and not row.name.startswith(("account_", "mfa_")):
            assert client.delete(reverse(row.name, args=row.args(world))).status_code == 405, str(row)


def test_support_site_stands_on_its_own() -> None:
    own = {name for name, _ in addresses(get_resolver(SITES[1]))}
    assert own - {"home", "health:live", "health:ready", "theme"} == {
        name for name in own if name.startswith("support:")
    }
    assert not any(name.startswith("support:") for name, _ in addresses(get_resolver(SITES[0])))
    assert SITES[0] == settings.ROOT_URLCONF
