"""Every page of the access tables as a browser sees it: its forms, their fields, and who may fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import reverse

from tests.conftest import signed_in_client
from tests.scenarios import ROLES, World
from tests.test_access_matrix import ROWS, Row, put_away

# Signing out, or ending what the others would look at, is another test's matter.
LEFT_ALONE = ("/accounts/logout/",)
# The test client adds to a response what it knows of the exception behind it.
Answer = Any
UNTYPED = {"hidden", "submit", "button", "image", "reset", "file", "password"}


@dataclass
class Field:
    """A control of a form: its kind (`text`, `select`, `radio` …), what it holds, what it offers."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    multiple: bool = False

    @property
    def is_typed(self) -> bool:
        """Whether a person writes into it."""
        return self.kind not in UNTYPED | {"select", "radio", "checkbox"}


@dataclass
class Form:
    """A form as the page shows it."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def outline(self) -> tuple[str, ...]:
        """What tells two forms apart: names, not addresses."""
        return (self.method, *(f"{found.name}:{found.kind}" for found in self.fields))

    def filled(self, text: str) -> list[tuple[str, str]]:
        """The pairs a browser sends when the person writes `text` and takes the first of every choice."""
        return [(found.name, value) for found in self.fields for value in filling(found, text)]


def filling(found: Field, text: str) -> list[str]:
    """What one control sends."""
    if found.kind in ("select", "radio"):
        return [found.value or next((option for option in found.options if option), "")]
    if found.kind == "checkbox":
        return [found.value or "on"]
    by_kind = {
        "email": "ada@example.org",
        "number": "2",
        "date": "2030-05-07",
        "datetime-local": "2030-05-07T12:00",
        "url": "https://example.org/",
        "password": "correct horse 9",
    }
    return [found.value or by_kind.get(found.kind, "" if found.kind in UNTYPED else text)]


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of forms and controls."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.add(urljoin(self.address, given["href"]))
        elif tag == "form":
            self._begin(given)
        elif tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and given.get("name"):
            self._control(tag, given)

    def _begin(self, given: dict[str, str]) -> None:
        action = urlsplit(urljoin(self.address, given.get("action", "")))
        address = action.path + (f"?{action.query}" if action.query else "")
        self._open = Form(address, given.get("method", "get").lower())
        self.forms.append(self._open)
        if given.get("id"):
            self._by_id[given["id"]] = self._open

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self._by_id.get(given["form"]) if "form" in given else self._open
        if form is None or given["name"] == "csrfmiddlewaretoken":
            return
        kind = {"input": given.get("type", "text"), "button": "submit"}.get(tag, tag)
        same = [found for found in form.fields if found.name == given["name"] and found.kind == kind]
        if same and kind in ("radio", "checkbox"):
            same[0].options.append(given.get("value", ""))
            return
        control = Field(given["name"], kind, given.get("value", ""), multiple="multiple" in given)
        form.fields.append(control)
        self._select, self._area = (control if tag == kind else None for kind in ("select", "textarea"))

    def handle_data(self, data: str) -> None:
        """The text of a text area is its value."""
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None


def read(response: Answer, address: str) -> Reader:
    """The forms and links of an answer; none where it is not a page."""
    reader = Reader(address)
    if "text/html" in response.headers.get("Content-Type", "") and not response.streaming:
        reader.feed(response.content.decode())
    return reader


class Visit:
    """The whole world with a signed-in browser for each role."""

    def __init__(self, rows: list[Row] | None = None) -> None:
        self.world = World()
        for role in ROLES[1:]:
            self.world.person(role)
        self.rows = [row for row in (rows or ROWS) if row.method == "GET"]
        _ = self.world.application  # Before anything that asks other questions.
        # What puts a gate before the form comes last: others still have applications to make.
        in_order = sorted(self.rows, key=lambda row: "eligibility" in row.name)
        self.addresses = {id(row): self._address(row) for row in in_order}
        self.clients = {role: self._client(role) for role in ROLES if role != "staff_without_2fa"}

    def _address(self, row: Row) -> str:
        return reverse(row.name, urlconf=row.site, args=row.args(self.world))

    def _client(self, role: str) -> Client:
        browser = Client(raise_request_exception=False)
        return browser if role == "anonymous" else signed_in_client(self.world.person(role), client=browser)

    def pages(self, *, every_role: bool = False) -> Iterator[tuple[Row, str, str]]:
        """Row, role and address of every page that somebody is shown.

        Where everybody is shown the page: a visitor, a person without business, and staff,
        unless every role is asked for.
        """
        for row in self.rows:
            shown = [role for role, answer in zip(ROLES, row.answers, strict=True) if answer == "200"]
            if len(shown) > 8 and not every_role:
                shown = [role for role in shown if role in ("anonymous", "nobody", "staff")]
            for role in shown:
                if role in self.clients:
                    yield row, role, self.addresses[id(row)]


def get(client: Client, address: str, **headers: str) -> Answer:
    """A page, closed but for the database."""
    response: Answer = client.get(address, headers=headers or None)
    read_to_the_end(response)
    put_away(response)
    return response


def read_to_the_end(response: Answer) -> None:
    """Take what comes in pieces while the database and the file are still open; what breaks there breaks here."""
    if response.streaming:
        for _ in response.streaming_content:
            pass
